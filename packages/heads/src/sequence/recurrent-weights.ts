/** The weights of one direction of an LSTM or a GRU, as layers hold them, and how they start. */
import { addParameter, recurrence, tf } from '@foldwise/tensorflow';
import { uniformStart } from '../uniform-start.ts';

export type Cell = 'lstm' | 'gru';

/**
 * kernel [inputs, gates * units], recurrent_kernel [units, gates * units], bias [gates * units], and of a GRU
 * recurrent_bias [units]; the gates in PyTorch's order. Both kernels start as PyTorch's, uniform within 1 / √units;
 * biases at 0, but 1 at an LSTM's forget gates (Gers et al. 2000, Jozefowicz et al. 2015), without which its state
 * forgets half of itself at each token.
 */
export class RecurrentWeights {
  readonly #kernel: tf.LayerVariable;
  readonly #recurrent: tf.LayerVariable;
  readonly #bias: tf.LayerVariable;
  readonly #stateBias: tf.LayerVariable | undefined;

  /** @param prefix opens the weights' names in the layer */
  constructor(
    layer: tf.layers.Layer,
    {
      cell,
      inputs,
      units,
      seed,
      prefix = '',
    }: { cell: Cell; inputs: number; units: number; seed: number; prefix?: string },
  ) {
    const columns = (cell === 'lstm' ? 4 : 3) * units;
    const kernel = (name: string, rows: number, seed: number) =>
      addParameter(layer, `${prefix}${name}`, [rows, columns], { initializer: uniformStart(units, seed) });
    const bias = (name: string, size: number) =>
      addParameter(layer, `${prefix}${name}`, [size], { initializer: tf.initializers.zeros(), decay: false });
    this.#kernel = kernel('kernel', inputs, seed);
    this.#recurrent = kernel('recurrent_kernel', units, seed + 1);
    this.#bias = bias('bias', columns);
    if (cell === 'gru') this.#stateBias = bias('recurrent_bias', units);
    else
      tf.tidy(() => {
        this.#bias.write(tf.concat([tf.zeros([units]), tf.ones([units]), tf.zeros([2 * units])]));
      });
  }

  /** The state after each token, as `recurrence` gives it. */
  states(x: tf.Tensor3D, lengths: tf.Tensor1D, reverse = false): tf.Tensor3D {
    const stateBias = this.#stateBias?.read() as tf.Tensor1D | undefined;
    const weights = {
      kernel: this.#kernel.read() as tf.Tensor2D,
      recurrent: this.#recurrent.read() as tf.Tensor2D,
      bias: this.#bias.read() as tf.Tensor1D,
      ...(stateBias ? { stateBias } : {}),
    };
    return recurrence(x, lengths, weights, reverse);
  }
}
