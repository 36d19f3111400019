/** AdamW variable by variable: TensorFlow's own update in compiled functions, plain operations elsewhere. */
import { AttributeKind } from '../binding/attributes.ts';
import { DataType } from '../c-api/data-type.ts';
import { activeTracer } from '../compile/active-tracer.ts';
import type { FunctionTracer } from '../compile/function-tracer.ts';
import { nativeBackend } from '../engine/native-backend.ts';
import { tf } from '../tf.ts';
import { plainUpdate, type Member, type Rates } from './adam-w-update.ts';

interface Slots extends Member {
  mean: tf.Variable;
  square: tf.Variable;
}

export function adamWByVariable(members: readonly Member[]) {
  const zeros = (variable: tf.Variable) => tf.tidy(() => tf.variable(tf.zerosLike(variable), false));
  const slots: Slots[] = members.map((member) => ({
    ...member,
    mean: zeros(member.variable),
    square: zeros(member.variable),
  }));
  return {
    apply: (gradients: readonly tf.Tensor[], rates: Rates) => {
      const tracer = activeTracer();
      slots.forEach((slot, i) =>
        tracer?.hasUpdates ? inPlace(tracer, slot, gradients[i]!, rates) : assign(slot, gradients[i]!, rates),
      );
    },
    state: Object.fromEntries(
      slots.flatMap(({ mean, square }, i) => [
        [`mean.${i}`, mean],
        [`square.${i}`, square],
      ]),
    ) as Record<string, tf.Variable>,
    dispose: () => slots.forEach(({ mean, square }) => tf.dispose([mean, square])),
  };
}

function assign(slots: Slots, gradient: tf.Tensor, rates: Rates): void {
  const { value, mean, square } = plainUpdate(slots, [slots.mean, slots.square], gradient, rates);
  slots.mean.assign(mean);
  slots.square.assign(square);
  slots.variable.assign(value);
}

function inPlace(
  tracer: FunctionTracer,
  { variable, mean, square, decay }: Slots,
  gradient: tf.Tensor,
  { beta1, beta2, learningRate, rate, epsilon, factor }: Rates,
): void {
  const backend = nativeBackend()!;
  const symbol = (x: tf.Tensor) => backend.binding.plainSymbolOf(backend.getInputTensorIds([x])[0]!);
  const type = (name: string) => ({ name, type: AttributeKind.type, value: DataType.float32 });
  const target = tracer.resourceOf(variable);
  const decayed = decay
    ? [
        tracer.addUpdate(
          'AssignSubVariableOp',
          [type('dtype')],
          [variable],
          [target, symbol(variable.mul(learningRate.mul(decay)))],
        ),
      ]
    : [];
  const zero = tf.scalar(0);
  tracer.addUpdate(
    'ResourceApplyAdam',
    [type('T'), { name: 'use_locking', type: AttributeKind.bool, value: false }],
    [variable, mean, square],
    [
      target,
      tracer.resourceOf(mean),
      tracer.resourceOf(square),
      // Powers of 0 leave TensorFlow's own correction out: the rate has it already.
      ...[zero, zero, rate, tf.scalar(beta1), tf.scalar(beta2), epsilon, gradient.mul(factor)].map(symbol),
    ],
    decayed,
  );
}
