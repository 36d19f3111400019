import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { PoolingLayer } from '../pooling/pooling-layer.ts';
import type { Head } from '../head.ts';
import { checkHead } from './check-head.ts';
import type { HeadSubject } from './head-subject.ts';

const columns = (tokens: number[][]) => tokens[0]!.map((_, i) => tokens.map((token) => token[i]!));
const means = (tokens: number[][]) =>
  columns(tokens).map((values) => values.reduce((sum, x) => sum + x, 0) / values.length);
const maxima = (tokens: number[][]) => columns(tokens).map((values) => Math.max(...values));

abstract class Broken extends PoolingLayer {
  protected override features(hidden: number): number {
    return hidden;
  }
}

/** Over token ids, as models do that take `inputs[0]` for hidden states; here the mask stands for the ids. */
class MeanOfIds extends Broken {
  static readonly className = 'MeanOfIds';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return mask.mean(1).tile([1, hidden.shape[2]]);
  }
}

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

/** A sum over the own tokens, divided by the length with padding. */
class MeanByPaddedLength extends Broken {
  static readonly className = 'MeanByPaddedLength';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).mean(1);
  }
}

class LastOfPadding extends Broken {
  static readonly className = 'LastOfPadding';
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
    return hidden.mul(mask).sum(1).div(mask.sum(1).maximum(1));
  }
}

/** Nothing stands for a mean of no token: 0 / 0. */
class MeanOfNothing extends Broken {
  static readonly className = 'MeanOfNothing';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).sum(1).div(mask.sum(1));
  }
}

/** Gaussian dropout that does not ask whether it is trained. */
class AlwaysNoisy extends Mean {
  static readonly className = 'AlwaysNoisy';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const pooled = super.pool(hidden, mask);
    return pooled.mul(tf.randomNormal(pooled.shape, 1, 0.5));
  }
}

/** The standard deviation, whose root has no slope where a text has one token. */
class DeviationOfOne extends Broken {
  static readonly className = 'DeviationOfOne';
  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const tokens = mask.sum(1, true).maximum(1);
    const centred = hidden.sub(hidden.mul(mask).sum(1, true).div(tokens)).mul(mask);
    return centred.square().sum(1, true).div(tokens).sqrt().squeeze([1]);
  }
}

/** The last four layers' first tokens side by side; `stack(-1)` mixes layers and features in the reshape. */
class ScrambledLayers extends tf.layers.Layer {
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
class Unseeded extends Mean {
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
  tf.serialization.registerClass(broken as never);

/** A head of one layer over the last hidden states. */
const over =
  (create: (name: string) => tf.layers.Layer): Head['apply'] =>
  ({ hiddenStates, mask }, name) =>
    create(name).apply([hiddenStates.at(-1)!, mask]) as tf.SymbolicTensor;

/** A head of a stock layer, which sees no mask. */
const without =
  (create: (name: string) => tf.layers.Layer): Head['apply'] =>
  ({ hiddenStates }, name) =>
    create(name).apply(hiddenStates.at(-1)!) as tf.SymbolicTensor;

const weighted = (tokens: number[][], [query]: number[][]) => {
  const powers = tokens.map((token) => Math.exp(token.reduce((sum, x, i) => sum + x * query![i]!, 0)));
  const total = powers.reduce((sum, x) => sum + x, 0);
  return columns(tokens).map((values) => values.reduce((sum, x, i) => sum + (x * powers[i]!) / total, 0));
};

/** h' = tanh(W x + U h + b), from zeros. Weights: W and U, each [hidden][units], and b. */
const recurrent = (tokens: number[][], [kernel, inner, bias]: number[][]) =>
  tokens.reduce<number[]>(
    (state, token) =>
      state.map((_, j) => {
        const from = (values: number[], weights: number[]) =>
          values.reduce((sum, x, i) => sum + x * weights[i * state.length + j]!, bias![j]! / 2);
        return Math.tanh(from(token, kernel!) + from(state, inner!));
      }),
    [0, 0, 0],
  );

const deviations = (tokens: number[][]) =>
  columns(tokens).map((values, i) =>
    Math.sqrt(values.reduce((sum, x) => sum + (x - means(tokens)[i]!) ** 2, 0) / values.length),
  );

const firsts = (_: number[][], __: number[][], layers: number[][][]) =>
  layers.slice(-4).flatMap((tokens) => tokens[0]!);

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

type Case = [name: string, apply: Head['apply'], reference: HeadSubject['reference'], faults: string[]];

describe('checkHead', () => {
  const outside = ['reference', 'padding', 'batch of one'];
  const toPadding = [...outside, 'gradient of tokens'];
  const cases: Case[] = [
    [
      'pooling over ids',
      over((name) => new MeanOfIds({ name })),
      means,
      [...outside, 'one token', 'gradient of tokens'],
    ],
    ['a mean of padding', over((name) => new MeanOfPadding({ name })), means, toPadding],
    [
      'GlobalAveragePooling1D',
      without((name) => tf.layers.globalAveragePooling1d({ name })),
      means,
      toPadding,
    ],
    ['GlobalMaxPooling1D', without((name) => tf.layers.globalMaxPooling1d({ name })), maxima, toPadding],
    ['a mean by the padded length', over((name) => new MeanByPaddedLength({ name })), means, outside],
    ['a maximum of padding', over((name) => new MaxOfPadding({ name })), maxima, toPadding],
    ['a maximum of zeros', over((name) => new MaxOfZeros({ name })), maxima, ['reference', 'batch of one']],
    [
      'a last token of padding',
      over((name) => new LastOfPadding({ name })),
      (tokens) => tokens.at(-1)!,
      toPadding,
    ],
    [
      'attention to padding',
      over((name) => new AttentionToPadding({ name })),
      weighted,
      [...toPadding, 'training', 'compiled', 'memory'],
    ],
    [
      'a recurrent layer that runs over padding',
      without((name) => tf.layers.simpleRNN({ name, units: 3 })),
      recurrent,
      [...toPadding, 'seed'],
    ],
    [
      'layers scrambled by stack and reshape',
      ({ hiddenStates }, name) =>
        new ScrambledLayers({ name }).apply(hiddenStates.slice(-4)) as tf.SymbolicTensor,
      firsts,
      ['reference', 'one token'],
    ],
    ['NaN in rows without a token', over((name) => new MeanOfNothing({ name })), means, ['no token']],
    ['NaN in gradients', over((name) => new DeviationOfOne({ name })), deviations, ['gradient of tokens']],
    [
      'noise that never rests',
      over((name) => new AlwaysNoisy({ name })),
      means,
      [...outside, 'one token', 'no token', 'inference', 'compiled', 'serialization'],
    ],
    ['a class that is not registered', over((name) => new Unregistered({ name })), means, ['serialization']],
    [
      'a forgotten argument',
      over((name) => new Forgetful({ name, scale: 2 })),
      (tokens) => means(tokens).map((x) => 2 * x),
      ['serialization'],
    ],
    ['a wrong output shape', over((name) => new WrongShape({ name })), means, ['output shape']],
    ['values read in JavaScript', over((name) => new ReadingValues({ name })), means, ['compiled']],
    ['names of its own', over(() => new MeanOfNothing({ name: 'mine' })), means, ['no token', 'names']],
    [
      'a start without a seed',
      over((name) => new Unseeded({ name })),
      (tokens, [scale]) => means(tokens).map((x) => x * scale![0]!),
      ['seed'],
    ],
    ['a leak', over((name) => new Leaking({ name })), means, ['memory']],
  ];
  it.each(cases)('finds %s', (_, apply, reference, expected) => {
    const faults = checkHead({ head: { spec: 'broken', apply }, reference });
    expect(
      faults.map((fault) => fault.split(':')[0]),
      faults.join('\n'),
    ).toEqual(expected);
  });
});
