/** The ends of every encoder's functional model: what it takes of texts, and the hidden states that heads read. */
import { tf } from '@foldwise/tensorflow';
import type { InputName } from '../family.ts';
import { PaddedStates } from './padded-states.ts';

export interface TokenInputs {
  mask: tf.SymbolicTensor;
  /** What an embedding layer takes: ids, and token types where the model takes these. */
  tokens: [ids: tf.SymbolicTensor, ...types: tf.SymbolicTensor[]];
}

/** @param types whether the model takes `token_type_ids` */
export function tokenInputs(types = false): TokenInputs {
  const input = (name: InputName) => tf.input({ shape: [null], dtype: 'int32', name });
  const ids = input('input_ids');
  return {
    mask: input('attention_mask'),
    tokens: types ? [ids, input('token_type_ids')] : [ids],
  };
}

/** The model, with the hidden states padded, however the layers have them: the embeddings first, the last layer last. */
export function hiddenStatesModel(
  { mask, tokens: [ids, ...types] }: TokenInputs,
  hiddenStates: readonly tf.SymbolicTensor[],
): tf.LayersModel {
  const outputs = hiddenStates.map(
    (states, i) => new PaddedStates({ name: `states_${i}` }).apply([states, mask]) as tf.SymbolicTensor,
  );
  return tf.model({ inputs: [ids, mask, ...types], outputs, name: 'encoder' });
}
