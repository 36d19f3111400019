/** AdamW as one kernel over all variables, whose moments lie one after the other in two flat variables. */
import { AttributeKind } from '../binding/attributes.ts';
import { activeTracer } from '../compile/active-tracer.ts';
import type { FunctionTracer } from '../compile/function-tracer.ts';
import { idOf } from '../compile/own-value.ts';
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';
import { plainUpdate, type Member, type Rates } from './adam-w-update.ts';
import { nativeZeros } from './native-zeros.ts';
import { rowsOf } from './row-gradient.ts';

export function adamWInOne(members: readonly Member[]) {
  const size = members.reduce((sum, { variable }) => sum + variable.size, 0);
  const matrices = members.filter(({ variable }) => variable.rank === 2);
  const rows = matrices.reduce((sum, { variable }) => sum + variable.shape[0]!, 0);
  // Moments of table rows that no sequence has had yet are never written to, and take no memory.
  const zeros = (n: number) => tf.tidy(() => tf.variable(nativeZeros([n]), false));
  const state = { mean: zeros(size), square: zeros(size), seen: zeros(rows) };

  /** Outside of compiled functions, and in those that read a variable after its update. */
  const plain = (gradients: readonly tf.Tensor[], rates: Rates) => {
    const of = (moments: tf.Variable, { offset, variable }: Member) =>
      moments.slice(offset, variable.size).reshape(variable.shape);
    const updates = members.map((member, i) =>
      plainUpdate(member, [of(state.mean, member), of(state.square, member)], gradients[i]!, rates),
    );
    const flat = (tensors: tf.Tensor[]) => tf.concat(tensors.map((tensor) => tensor.reshape([-1])));
    state.mean.assign(flat(updates.map(({ mean }) => mean)));
    state.square.assign(flat(updates.map(({ square }) => square)));
    state.seen.assign(tf.ones([rows]));
    members.forEach(({ variable }, i) => variable.assign(updates[i]!.value));
  };

  const fused = (tracer: FunctionTracer, gradients: readonly tf.Tensor[], rates: Rates) => {
    const backend = nativeBackend()!;
    const symbol = (tensor: tf.Tensor) => backend.binding.symbolOf(idOf(backend, tensor));
    const byRows = gradients.map(rowsOf);
    const changes = gradients.map((gradient, i) => byRows[i]?.sums ?? symbol(gradient));
    const ids = byRows.flatMap((one) => (one ? [one.unique] : []));
    const variables = members.map(({ variable }) => variable);
    const { learningRate, rate, epsilon, factor } = rates;
    const attribute = (name: string, type: number, value: unknown) => ({ name, type, value });
    const types = changes.map((change) => tracer.trace.typeOf(change));
    tracer.writeInPlace({
      operation: 'FoldwiseAdamW',
      variables: [state.mean, state.square, state.seen, ...variables],
      inputs: [
        symbol(tf.stack([learningRate, rate, epsilon, factor].map((x) => x.asScalar()))),
        ...[state.mean, state.square, state.seen, ...variables].map((v) => tracer.memoryOf(v)),
        ...changes,
        ...ids,
      ],
      attributes: [
        attribute('N', AttributeKind.int, variables.length),
        attribute('S', AttributeKind.int, ids.length),
        attribute('T', AttributeKind.type, types),
        attribute('decay', AttributeKind.float, members.map(({ decay }) => decay)), // prettier-ignore
        attribute('sparse', AttributeKind.float, byRows.map((one) => (one ? 1 : 0))), // prettier-ignore
        attribute('beta1', AttributeKind.float, rates.beta1),
        attribute('beta2', AttributeKind.float, rates.beta2),
      ],
    });
  };

  return {
    apply: (gradients: readonly tf.Tensor[], rates: Rates) => {
      const tracer = activeTracer();
      if (tracer?.hasUpdates) fused(tracer, gradients, rates);
      else plain(gradients, rates);
    },
    state,
    dispose: () => tf.dispose(state),
  };
}
