/** The tensors that a model takes of a batch, and how it is applied to them. */
import { tf, withPackedSequences } from '@foldwise/tensorflow';
import type { Batch } from '@foldwise/tokens';

/** The name of the input for token types, which a model may lack. */
const typesInput = 'token_type_ids';

/**
 * int32, by the names of the model's inputs. Padded: ids, mask and types, [size, length]. Packed: ids and types
 * [1, total], mask [size, length]; and `starts` [size + 1] and `positions` [1, total] for `applyModel`.
 */
export function batchTensors(
  model: tf.LayersModel,
  { size, length, ids, mask, types, starts, positions }: Omit<Batch, 'entries' | 'rows'>,
): tf.NamedTensorMap {
  const isPacked = starts !== undefined && positions !== undefined;
  const shape: [number, number] = isPacked ? [1, ids.length] : [size, length];
  const tensors: tf.NamedTensorMap = {
    input_ids: tf.tensor2d(ids, shape, 'int32'),
    attention_mask: tf.tensor2d(mask, [size, length], 'int32'),
  };
  if (model.inputNames.includes(typesInput))
    tensors[typesInput] = types ? tf.tensor2d(types, shape, 'int32') : tf.zeros(shape, 'int32');
  if (isPacked) {
    tensors['starts'] = tf.tensor1d(starts, 'int32');
    tensors['positions'] = tf.tensor2d(positions, shape, 'int32');
  }
  return tensors;
}

/** What a model of one output gives for `batchTensors`. */
export function applyModel(
  model: tf.LayersModel,
  { starts, positions, ...inputs }: tf.NamedTensorMap,
): tf.Tensor {
  const apply = () => model.apply(model.inputNames.map((name) => inputs[name]!)) as tf.Tensor;
  if (!starts) return apply();
  const longest = inputs['attention_mask']!.shape[1]!;
  return withPackedSequences(
    { starts: starts as tf.Tensor1D, positions: positions as tf.Tensor2D, longest },
    apply,
  );
}
