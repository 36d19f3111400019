/** A step of AdamW by TensorFlow's own update of each variable, where our kernels are not: on a GPU, and for XLA. */
import { AttributeKind } from '../binding/attributes.ts';
import { DataType } from '../c-api/data-type.ts';
import type { VariableUpdates } from '../compile/variable-updates.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import type { Member, Rates } from './adam-w-plain.ts';

/** In a compiled function that reads no variable after its update. */
export function stepByResource(updates: VariableUpdates, members: readonly Member[], rates: Rates): void {
  const backend = nativeBackend()!;
  const symbol = (x: tf.Tensor) => backend.binding.plainSymbolOf(backend.getInputTensorIds([x])[0]!);
  const type = (name: string) => ({ name, type: AttributeKind.type, value: DataType.float32 });
  const { beta1, beta2, learningRate, corrected, epsilon, factor } = rates;
  const zero = tf.scalar(0);
  for (const { variable, mean, square, rate, decay, gradient } of members) {
    const target = updates.resourceOf(variable);
    const decayed = decay
      ? [
          updates.add(
            'AssignSubVariableOp',
            [type('dtype')],
            [variable],
            [target, symbol(variable.mul(learningRate.mul(rate * decay)))],
          ),
        ]
      : [];
    const scaled = rate === 1 ? corrected : corrected.mul(rate);
    updates.add(
      'ResourceApplyAdam',
      [type('T'), { name: 'use_locking', type: AttributeKind.bool, value: false }],
      [variable, mean, square],
      [
        target,
        updates.resourceOf(mean),
        updates.resourceOf(square),
        // Powers of 0 leave TensorFlow's own correction out: the rate has it already.
        ...[zero, zero, scaled, tf.scalar(beta1), tf.scalar(beta2), epsilon, gradient.mul(factor)].map(
          symbol,
        ),
      ],
      decayed,
    );
  }
}
