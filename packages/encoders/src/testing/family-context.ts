/** What the checks of a family work on: a tiny checkpoint of it, and what Python's transformers makes of a batch. */
import { join } from 'node:path';
import { tf, withPackedSequences } from '@foldwise/tensorflow';
import type { WeightSource } from '../checkpoint/checkpoint-map.ts';
import { readSafetensors, type SafeTensor } from '../checkpoint/read-safetensors.ts';
import type { InputName } from '../family.ts';
import { inOrder } from '../in-order.ts';
import { loadEncoder, type LoadedEncoder } from '../load-encoder.ts';

export interface FamilyContext {
  folder: string;
  /** The checkpoint's tensors. */
  checkpoint: ReadonlyMap<string, SafeTensor>;
  /** As `make_family_reference.py` tells. */
  reference: ReadonlyMap<string, SafeTensor>;
  /** Without dropout, and with token types where there are any. */
  encoder: LoadedEncoder;
}

/** Fails by throwing, with what is wrong as the message. */
export type FamilyCheck = (context: FamilyContext) => Promise<void> | void;

/** @param name of a folder of the fixtures, without `tiny-` */
export async function familyContext(name: string): Promise<FamilyContext> {
  const folder = join(import.meta.dirname, `../../fixtures/tiny-${name}`);
  return {
    folder,
    checkpoint: await readSafetensors(join(folder, 'model.safetensors')),
    reference: await readSafetensors(join(folder, 'reference.safetensors')),
    encoder: await loadEncoder(folder, { dropout: 0, types: true }),
  };
}

/** @throws if there is no such tensor */
export function tensorOf(tensors: ReadonlyMap<string, SafeTensor>, name: string): SafeTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`there is no ${name} in the fixture`);
  return tensor;
}

export const floatsOf = (tensor: SafeTensor) => tensor.data as Float32Array;
export const intsOf = (tensor: SafeTensor) => Int32Array.from(tensor.data as Int32Array);

/** The hidden states of the reference's batch, as Python pads it. */
export function padded({ encoder: { model }, reference }: FamilyContext): tf.Tensor[] {
  const entries = model.inputNames.map((name) => {
    const tensor = tensorOf(reference, name);
    return [name, tf.tensor(intsOf(tensor), [...tensor.shape], 'int32')];
  });
  const inputs = Object.fromEntries(entries) as Record<InputName, tf.Tensor>;
  return model.apply(inOrder(model, inputs)) as tf.Tensor[];
}

/** Of the same tokens without padding between them, and with rows behind them that belong to no text. */
export function packed({ encoder: { model, config }, reference }: FamilyContext): tf.Tensor[] {
  const maskTensor = tensorOf(reference, 'attention_mask');
  const [rows, longest] = maskTensor.shape as [number, number];
  const mask = intsOf(maskTensor);
  const own = (values: Int32Array, filler = 0) =>
    tf.tensor2d([[...values.filter((_, i) => mask[i]), filler, filler, filler]], undefined, 'int32');
  const starts = [0];
  for (let row = 0; row < rows; row++)
    starts.push(starts.at(-1)! + mask.subarray(row * longest, (row + 1) * longest).reduce((a, b) => a + b));
  const inputs = model.inputNames.map((name) =>
    name === 'attention_mask'
      ? tf.tensor2d(mask, [rows, longest], 'int32')
      : own(intsOf(tensorOf(reference, name)), name === 'input_ids' ? config.padTokenId : 0),
  );
  const positions = own(mask.map((_, i) => i % longest));
  const sequences = { starts: tf.tensor1d(starts, 'int32'), positions, longest };
  return withPackedSequences(sequences, () => model.apply(inputs) as tf.Tensor[]);
}

/** States at the texts' own tokens, and 0 at padding: what an encoder gives there is left open. */
export function ownStates(states: tf.Tensor, { reference }: FamilyContext): tf.Tensor {
  const { data, shape } = tensorOf(reference, 'attention_mask');
  const mask = tf.tensor(Int32Array.from(data as Int32Array), [...shape, 1], 'bool');
  return states.where(mask.tile([1, 1, states.shape[2]!]), tf.zerosLike(states));
}

/** The sum whose gradients the reference has. */
export function weightedSum(hiddenStates: tf.Tensor[], context: FamilyContext): tf.Scalar {
  const slopes = tensorOf(context.reference, 'gradient_weights');
  const states = ownStates(hiddenStates.at(-1)!, context);
  return states.mul(tf.tensor(floatsOf(slopes), [...slopes.shape])).sum();
}

/** The reference's gradient of a weight, laid out as the encoder has the weight. */
export function expectedGradient(
  { tensors, shape, transposed }: WeightSource,
  { reference }: FamilyContext,
): tf.Tensor {
  const parts = tensors.map((name) =>
    tf.tensor(floatsOf(tensorOf(reference, `gradient.${name}`)), [...shape]),
  );
  return transposed ? tf.concat(parts).transpose() : tf.concat(parts);
}
