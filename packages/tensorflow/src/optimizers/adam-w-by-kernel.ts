/** A step of AdamW as one kernel over all variables, in place. */
import { AttributeKind } from '../binding/attributes.ts';
import { idOf } from '../compile/own-value.ts';
import type { VariableUpdates } from '../compile/variable-updates.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { rowsOf } from '../ops/row-gradient.ts';
import { tf } from '../tf.ts';
import type { Member, Rates } from './adam-w-plain.ts';

/**
 * In a compiled function that reads no variable after its update. `seenOf` gives the variable that holds, for each row of
 * a table, whether it ever had a gradient.
 */
export function stepByKernel(
  updates: VariableUpdates,
  members: readonly Member[],
  rates: Rates,
  seenOf: (member: Member) => tf.Variable,
): void {
  const backend = nativeBackend()!;
  const trace = backend.binding.trace!;
  const symbol = (tensor: tf.Tensor) => backend.binding.symbolOf(idOf(backend, tensor));
  const byRows = members.map(({ gradient }) => rowsOf(gradient));
  const changes = members.map(({ gradient }, i) => byRows[i]?.sums ?? symbol(gradient));
  const ids = byRows.flatMap((rows) => (rows ? [rows.unique] : []));
  const variables = members.map(({ variable }) => variable);
  const means = members.map(({ mean }) => mean);
  const squares = members.map(({ square }) => square);
  const seen = members.filter((_, i) => byRows[i]).map(seenOf);
  const { learningRate, corrected, epsilon, factor } = rates;
  const attribute = (name: string, type: number, value: unknown) => ({ name, type, value });
  const floats = (name: string, values: readonly number[]) => attribute(name, AttributeKind.float, values);
  const written = [...variables, ...means, ...squares, ...seen];
  updates.writeInPlace({
    operation: 'FoldwiseAdamW',
    variables: written,
    inputs: [
      symbol(tf.stack([learningRate, corrected, epsilon, factor].map((x) => x.asScalar()))),
      ...written.map((variable) => updates.memoryOf(variable)),
      ...changes,
      ...ids,
    ],
    attributes: [
      attribute('N', AttributeKind.int, variables.length),
      attribute('S', AttributeKind.int, ids.length),
      attribute('T', AttributeKind.type, changes.map((change) => trace.typeOf(change))), // prettier-ignore
      floats('rate', members.map(({ rate }) => rate)), // prettier-ignore
      floats('decay', members.map(({ decay }) => decay)), // prettier-ignore
      floats('sparse', byRows.map((rows) => (rows ? 1 : 0))), // prettier-ignore
      attribute('beta1', AttributeKind.float, rates.beta1),
      attribute('beta2', AttributeKind.float, rates.beta2),
    ],
  });
}
