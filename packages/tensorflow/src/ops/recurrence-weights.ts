/** The weights of an LSTM or a GRU, of one layer and direction. */
import type { tf } from '../tf.ts';

export interface RecurrenceWeights {
  /** [inputs, gates * units]; the gates are i, f, g, o of an LSTM, and r, z, n of a GRU, as PyTorch has them. */
  kernel: tf.Tensor2D;
  /** [units, gates * units] */
  recurrent: tf.Tensor2D;
  /** [gates * units] */
  bias: tf.Tensor1D;
  /** [units], of a GRU alone: added to the state's product for n, before r multiplies it (PyTorch's b_hn). */
  stateBias?: tf.Tensor1D;
}

/** Those that a state meets, after the kernel has multiplied the inputs; `stateBias` is empty for an LSTM. */
export type StateWeights = Required<Omit<RecurrenceWeights, 'kernel'>>;
