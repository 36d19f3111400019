import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { PoolingLayer } from '../pooling/pooling-layer.ts';
import { checkHead } from './check-head.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const means = (tokens: number[][]) =>
  columns(tokens).map((values) => values.reduce((sum, x) => sum + x, 0) / values.length);
const maxima = (tokens: number[][]) => columns(tokens).map((values) => Math.max(...values));

abstract class Broken extends PoolingLayer {
  protected override features(hidden: number): number {
    return hidden;
  }
}

/** As GlobalAveragePooling1D. */
class MeanOfPadding extends Broken {
  static readonly className = 'MeanOfPadding';
  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    return hidden.mean(1);
  }
}

class MaxOfPadding extends Broken {
  static readonly className = 'MaxOfPadding';
  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    return hidden.max(1);
  }
}

class MaxOfZeros extends Broken {
  static readonly className = 'MaxOfZeros';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).max(1);
  }
}

class ClsFromTheEnd extends Broken {
  static readonly className = 'ClsFromTheEnd';
  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    const [batch, tokens, width] = hidden.shape;
    return hidden.slice([0, tokens - 1, 0], [batch, 1, width]).reshape([batch, width]);
  }
}

/** Attention pooling whose softmax takes padding in, and whose query, read in JavaScript, learns nothing. */
class AttentionToPadding extends Broken {
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
    return hidden.mul(mask).sum(1).div(mask.sum(1));
  }
}

class Unregistered extends Mean {
  static readonly className = 'Unregistered';
}

/** `getConfig` leaves the scale out. */
class Forgetful extends Mean {
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

class ReadingValues extends Mean {
  static readonly className = 'ReadingValues';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return mask.sum().dataSync()[0]! > 0 ? super.pool(hidden, mask) : hidden.sum(1);
  }
}

class WrongShape extends Mean {
  static readonly className = 'WrongShape';
  protected override features(hidden: number): number {
    return 2 * hidden;
  }
}

class Leaking extends Mean {
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
  ClsFromTheEnd,
  AttentionToPadding,
  Forgetful,
  WrongShape,
  Leaking,
  ReadingValues,
])
  // prettier-ignore
  tf.serialization.registerClass(broken as never);

const weighted = (tokens: number[][], [query]: number[][]) => {
  const powers = tokens.map((token) => Math.exp(token.reduce((sum, x, i) => sum + x * query![i]!, 0)));
  const total = powers.reduce((sum, x) => sum + x, 0);
  return columns(tokens).map((values) => values.reduce((sum, x, i) => sum + (x * powers[i]!) / total, 0));
};

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

describe('checkHead', () => {
  const outside = ['reference', 'padding', 'batch of one', 'gradient of padding'];
  it.each([
    ['a mean of padding', () => new MeanOfPadding({}), means, outside],
    ['a maximum of padding', () => new MaxOfPadding({}), maxima, outside],
    [
      'a maximum of zeros',
      () => new MaxOfZeros({}),
      maxima,
      ['reference', 'batch of one', 'gradient of padding'],
    ],
    ['a first token from the end', () => new ClsFromTheEnd({}), (tokens: number[][]) => tokens[0]!, outside],
    [
      'attention to padding',
      () => new AttentionToPadding({}),
      weighted,
      [...outside, 'compiled', 'training'],
    ],
    ['a class that is not registered', () => new Unregistered({}), means, ['serialization']],
    [
      'a forgotten argument',
      () => new Forgetful({ scale: 2 }),
      (tokens: number[][]) => means(tokens).map((x) => 2 * x),
      ['serialization'],
    ],
    ['a wrong output shape', () => new WrongShape({}), means, ['output shape']],
    ['values read in JavaScript', () => new ReadingValues({}), means, ['compiled']],
    ['a leak', () => new Leaking({}), means, ['memory']],
  ])('finds %s', (_, create, reference, expected) => {
    const faults = checkHead({ create, reference });
    expect(
      faults.map((fault) => fault.split(':')[0]),
      faults.join('\n'),
    ).toEqual(expected);
  });
});
