/** An LSTM or a GRU over the layers' states of the first token, from the first layer to the last (Song et al. 2020). */
import { tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';
import type { PoolingArgs } from '../pooling/pooling-layer.ts';
import { RecurrentWeights, type Cell } from './recurrent-weights.ts';
import { unitsOf } from './units-of.ts';

export interface LayerRecurrenceArgs extends PoolingArgs {
  cell: Cell;
  units: number;
  /** Of the start of the weights (default 0). */
  seed?: number;
}

/** Several layers' states, each [batch, tokens, n], to the last state [batch, units]. Only first tokens are read. */
export class LayerRecurrence extends tf.layers.Layer {
  static readonly className = 'LayerRecurrence';
  readonly #args: LayerRecurrenceArgs;
  #weights!: RecurrentWeights;

  constructor(args: LayerRecurrenceArgs) {
    super(args);
    this.#args = args;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { cell, units, seed = 0 } = this.#args;
    this.#weights = new RecurrentWeights(this, { cell, inputs: firstOf(inputShape).at(-1)!, units, seed });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const layers = (Array.isArray(inputs) ? inputs : [inputs]) as tf.Tensor3D[];
    const [batch, , width] = layers[0]!.shape;
    const { units } = this.#args;
    return tf.tidy(() => {
      const sequence = tf.concat(
        layers.map((layer) => layer.slice([0, 0, 0], [batch, 1, width])),
        1,
      );
      const lengths = tf.fill<tf.Rank.R1>([batch], layers.length, 'int32');
      const states = this.#weights.states(sequence, lengths);
      return states.slice([0, layers.length - 1, 0], [batch, 1, units]).reshape([batch, units]);
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [firstOf(inputShape)[0]!, this.#args.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { cell, units, seed = 0 } = this.#args;
    return { ...super.getConfig(), cell, units, seed };
  }
}

/** TensorFlow.js gives the shape of the only input alone or in a list. */
const firstOf = (shape: tf.Shape | tf.Shape[]) => (Array.isArray(shape[0]) ? shape[0] : shape) as tf.Shape;

tf.serialization.registerClass(LayerRecurrence);

/** The registry's line for a head of this layer. */
function layerRecurrence(
  name: string,
  { cell, description }: { cell: Cell } & Pick<HeadKind, 'description'>,
): HeadKind {
  return {
    syntax: `${name}[:<units>]`,
    description,
    source: 'Song et al. 2020 (BERT-LSTM)',
    examples: [name, `${name}:128`],
    create: (argument) => {
      const units = unitsOf(name, argument);
      return ({ hiddenStates, seed = 0 }, layer) => {
        const layers = hiddenStates.slice(1);
        if (layers.length === 0)
          throw new Error(`Head "${name}" reads all layers; there is none besides the embeddings.`);
        return new LayerRecurrence({ name: layer, cell, units, seed }).apply(layers) as tf.SymbolicTensor;
      };
    },
  };
}

export const layerLstm = layerRecurrence('layer-lstm', {
  cell: 'lstm',
  description:
    "the last state of an LSTM over the layers' states of the first token, the embeddings aside, of 256 units if no number " +
    'is named',
});

export const layerGru = layerRecurrence('layer-gru', {
  cell: 'gru',
  description:
    "the last state of a GRU over the layers' states of the first token, the embeddings aside, of 256 units if no number " +
    'is named',
});
