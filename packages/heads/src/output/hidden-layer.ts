/** A hidden layer between pooling and output: an affine map and an activation. */
import { addParameter, biasGelu, product, tf } from '@foldwise/tensorflow';
import { uniformStart } from '../uniform-start.ts';

/** As in pipelines; "gelu" is the exact one, by erf. */
export type Activation = 'gelu' | 'relu' | 'tanh';

export interface HiddenLayerArgs {
  name: string;
  units: number;
  activation: Activation;
  /** Of the kernel's start (default 0). */
  seed?: number;
}

/** [batch, features] to [batch, units]. */
export class HiddenLayer extends tf.layers.Layer {
  static readonly className = 'HiddenLayer';
  readonly #args: HiddenLayerArgs;
  #kernel!: tf.LayerVariable;
  #bias!: tf.LayerVariable;

  constructor(args: HiddenLayerArgs) {
    super({ name: args.name });
    this.#args = args;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const [, features] = one(inputShape);
    const { units, seed = 0 } = this.#args;
    const initializer = uniformStart(features!, seed);
    this.#kernel = addParameter(this, 'kernel', [features!, units], { initializer });
    this.#bias = addParameter(this, 'bias', [units], { initializer: tf.initializers.zeros(), decay: false });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor2D;
    const bias = this.#bias.read() as tf.Tensor1D;
    const { activation } = this.#args;
    return tf.tidy(() => {
      const y = product(x, this.#kernel.read() as tf.Tensor2D);
      return activation === 'gelu' ? biasGelu(y, bias) : y.add(bias)[activation]();
    });
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return [one(inputShape)[0]!, this.#args.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args };
  }
}

/** tfjs gives the shape of the only input alone or in a list. */
const one = (shape: tf.Shape | tf.Shape[]) => (Array.isArray(shape[0]) ? shape[0] : shape) as tf.Shape;

tf.serialization.registerClass(HiddenLayer);
