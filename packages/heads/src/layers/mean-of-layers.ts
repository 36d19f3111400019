/** The mean of several layers' hidden states, as one state for a head within. */
import { tf } from '@foldwise/tensorflow';

/** Each state: [batch, tokens, hidden], as the result. One alone is its own mean, and gets no layer. */
export function meanOfLayers(states: readonly tf.SymbolicTensor[], name: string): tf.SymbolicTensor {
  if (states.length === 1) return states[0]!;
  return tf.layers.average({ name }).apply([...states]) as tf.SymbolicTensor;
}
