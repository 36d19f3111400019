/** What a model takes of a batch of texts, and how it is applied to it. */
import { tf, withPackedSequences } from '@foldwise/tensorflow';
import { padBatch, unpadBatch } from '@foldwise/tokens';
import type { PlannedBatch } from './planned-batch.ts';

/** Padded: ids and mask [size, length]. Unpadded: ids [total], with their positions and starts; mask [size, length]. */
export interface TextInputs {
  ids: Int32Array;
  mask: Int32Array;
  starts?: Int32Array;
  positions?: Int32Array;
}

/** The texts of a batch; where they are padded, copies of the first one fill it up. */
export function textInputs(
  { rows, size, length, total }: PlannedBatch,
  tokens: readonly Int32Array[],
  padId: number,
): TextInputs {
  if (total !== undefined) return unpadBatch(tokens, rows, { size, length, total, padId });
  const filled = Int32Array.from({ length: size }, (_, i) => rows[i] ?? rows[0]!);
  return padBatch(tokens, filled, length, padId);
}

/** As int32 tensors, for `applyModel`. */
export function inputTensors(
  { size, length }: Pick<PlannedBatch, 'size' | 'length'>,
  { ids, mask, starts, positions }: TextInputs,
): tf.NamedTensorMap {
  const matrix = (values: Int32Array, rows: number, columns: number) =>
    tf.tensor2d(values, [rows, columns], 'int32');
  if (!starts || !positions) return { ids: matrix(ids, size, length), mask: matrix(mask, size, length) };
  return {
    ids: matrix(ids, 1, ids.length),
    mask: matrix(mask, size, length),
    starts: tf.tensor1d(starts, 'int32'),
    positions: matrix(positions, 1, ids.length),
  };
}

/** What a model of ids and mask gives for `inputTensors`. */
export function applyModel(
  model: tf.LayersModel,
  { ids, mask, starts, positions }: tf.NamedTensorMap,
): tf.Tensor {
  const apply = () => model.apply([ids!, mask!]) as tf.Tensor;
  if (!starts) return apply();
  const texts = {
    starts: starts as tf.Tensor1D,
    positions: positions as tf.Tensor2D,
    longest: mask!.shape[1]!,
  };
  return withPackedSequences(texts, apply);
}
