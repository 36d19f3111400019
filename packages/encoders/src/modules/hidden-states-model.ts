/** The ends of every encoder's functional model: what it takes of texts, and the hidden states that heads read. */
import { tf } from '@foldwise/tensorflow';
import type { InputName } from '../family.ts';
import { PaddedStates } from './padded-states.ts';

export interface TokenInputs {
  ids: tf.SymbolicTensor;
  mask: tf.SymbolicTensor;
  /** Undefined where every token is of type 0. */
  types: tf.SymbolicTensor | undefined;
}

/** @param types whether the model takes `token_type_ids` */
export function tokenInputs(types = false): TokenInputs {
  const input = (name: InputName) => tf.input({ shape: [null], dtype: 'int32', name });
  return {
    ids: input('input_ids'),
    mask: input('attention_mask'),
    types: types ? input('token_type_ids') : undefined,
  };
}

/** The model, with the hidden states padded, however the layers have them: the embeddings first, the last layer last. */
export function hiddenStatesModel(
  { ids, mask, types }: TokenInputs,
  hiddenStates: readonly tf.SymbolicTensor[],
): tf.LayersModel {
  const outputs = hiddenStates.map(
    (states, i) => new PaddedStates({ name: `states_${i}` }).apply([states, mask]) as tf.SymbolicTensor,
  );
  return tf.model({ inputs: types ? [ids, mask, types] : [ids, mask], outputs, name: 'encoder' });
}
