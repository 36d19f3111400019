/** Dropout of pooled vectors, with one mask a row or several (multi-sample dropout, Inoue 2019, arXiv:1905.09788). */
import { dropout, tf, trainingScope } from '@foldwise/tensorflow';

export interface SampleDropoutArgs {
  name: string;
  /** Share of features dropped in training. */
  rate: number;
  /** Masks of each row in training. */
  samples: number;
}

/**
 * [batch, features] to the same outside training. In training to [samples * batch, features]: the rows as often as
 * there are samples, all first ones before all second ones, each with a mask of its own. What follows sees a larger
 * batch, so that its layers serve all samples; labels must be repeated the same way.
 */
export class SampleDropout extends tf.layers.Layer {
  static readonly className = 'SampleDropout';
  readonly #args: SampleDropoutArgs;

  constructor(args: SampleDropoutArgs) {
    super({ name: args.name });
    this.#args = args;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const { rate, samples } = this.#args;
    if (!trainingScope()) return x;
    return tf.tidy(() => dropout(samples === 1 ? x : x.tile([samples, 1]), rate));
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args };
  }
}

tf.serialization.registerClass(SampleDropout);
