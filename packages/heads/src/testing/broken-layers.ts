/** Layers with the mistakes that heads are known for, each with no other one; what the checks are held against. */
import { tf } from '@foldwise/tensorflow';
import { PoolingLayer } from '../pooling/pooling-layer.ts';

abstract class Broken extends PoolingLayer {
  protected override features(hidden: number): number {
    return hidden;
  }
}

/** Over token ids, as models do that take `inputs[0]` for hidden states; here the mask stands for the ids. */
export class MeanOfIds extends Broken {
  static readonly className = 'MeanOfIds';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return mask.mean(1).tile([1, hidden.shape[2]]);
  }
}

export class MeanOfPadding extends Broken {
  static readonly className = 'MeanOfPadding';
  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    return hidden.mean(1);
  }
}

export class MaxOfPadding extends Broken {
  static readonly className = 'MaxOfPadding';
  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    return hidden.max(1);
  }
}

export class MaxOfZeros extends Broken {
  static readonly className = 'MaxOfZeros';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).max(1);
  }
}

/** A sum over the own tokens, divided by the length with padding. */
export class MeanByPaddedLength extends Broken {
  static readonly className = 'MeanByPaddedLength';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).mean(1);
  }
}

export class LastOfPadding extends Broken {
  static readonly className = 'LastOfPadding';
  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    const [batch, tokens, width] = hidden.shape;
    return hidden.slice([0, tokens - 1, 0], [batch, 1, width]).reshape([batch, width]);
  }
}

/** Attention pooling whose softmax takes padding in, and whose query, read in JavaScript, learns nothing. */
export class AttentionToPadding extends Broken {
  static readonly className = 'AttentionToPadding';
  #query!: tf.LayerVariable;
  override build(inputShape: tf.Shape[]): void {
    this.#query = this.addWeight('query', [inputShape[0]!.at(-1)!, 1], 'float32', tf.initializers.ones());
    this.built = true;
  }
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const query = tf.tensor2d(this.#query.read().dataSync(), [hidden.shape[2], 1]);
    const scores = hidden.reshape([-1, hidden.shape[2]]).matMul(query).reshape(mask.shape);
    return tf
      .softmax(scores.transpose([0, 2, 1]))
      .transpose([0, 2, 1])
      .mul(hidden)
      .sum(1);
  }
}

abstract class Mean extends Broken {
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).sum(1).div(mask.sum(1).maximum(1));
  }
}

/** Nothing stands for a mean of no token: 0 / 0. */
export class MeanOfNothing extends Broken {
  static readonly className = 'MeanOfNothing';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).sum(1).div(mask.sum(1));
  }
}

/** Gaussian dropout that does not ask whether it is trained. */
export class AlwaysNoisy extends Mean {
  static readonly className = 'AlwaysNoisy';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const pooled = super.pool(hidden, mask);
    return pooled.mul(tf.randomNormal(pooled.shape, 1, 0.5));
  }
}

/** The standard deviation, whose root has no slope where a text has one token. */
export class DeviationOfOne extends Broken {
  static readonly className = 'DeviationOfOne';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const tokens = mask.sum(1, true).maximum(1);
    const centred = hidden.sub(hidden.mul(mask).sum(1, true).div(tokens)).mul(mask);
    return centred.square().sum(1, true).div(tokens).sqrt().squeeze([1]);
  }
}

/** The last four layers' first tokens side by side; `stack(-1)` mixes layers and features in the reshape. */
export class ScrambledLayers extends tf.layers.Layer {
  static readonly className = 'ScrambledLayers';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [batch, , width] = (inputs as tf.Tensor[])[0]!.shape as [number, number, number];
    const firsts = (inputs as tf.Tensor[]).map((x) => x.slice([0, 0, 0], [batch, 1, width]));
    return tf.tidy(() => tf.stack(firsts, -1).reshape([batch, width * firsts.length]));
  }
  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return [inputShape[0]![0]!, inputShape.length * inputShape[0]!.at(-1)!];
  }
}

/** A weight from Math.random, which no seed repeats. */
export class Unseeded extends Mean {
  static readonly className = 'Unseeded';
  #scale!: tf.LayerVariable;
  override build(): void {
    this.#scale = this.addWeight('scale', [1], 'float32', tf.initializers.randomUniform({}));
    this.built = true;
  }
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return super.pool(hidden, mask).mul(this.#scale.read());
  }
}

export class Unregistered extends Mean {
  static readonly className = 'Unregistered';
}

/** `getConfig` leaves the scale out. */
export class Forgetful extends Mean {
  static readonly className = 'Forgetful';
  readonly #scale: number;
  constructor(args: NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]> & { scale?: number }) {
    super(args);
    this.#scale = args.scale ?? 1;
  }
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return super.pool(hidden, mask).mul(this.#scale);
  }
}

export class ReadingValues extends Mean {
  static readonly className = 'ReadingValues';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return mask.sum().dataSync()[0]! > 0 ? super.pool(hidden, mask) : hidden.sum(1);
  }
}

export class WrongShape extends Mean {
  static readonly className = 'WrongShape';
  protected override features(hidden: number): number {
    return 2 * hidden;
  }
}

export class Leaking extends Mean {
  static readonly className = 'Leaking';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    tf.keep(hidden.add(1));
    return super.pool(hidden, mask);
  }
}

for (const broken of [
  MeanOfPadding,
  MaxOfPadding,
  MaxOfZeros,
  MeanOfIds,
  MeanByPaddedLength,
  MeanOfNothing,
  AlwaysNoisy,
  DeviationOfOne,
  ScrambledLayers,
  Unseeded,
  LastOfPadding,
  AttentionToPadding,
  Forgetful,
  WrongShape,
  Leaking,
  ReadingValues,
])
  tf.serialization.registerClass(broken);
