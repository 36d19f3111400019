import { loadEncoder } from '@foldwise/encoders';
import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { headWeights } from './head-weights.ts';
import { tinyBert } from '../testing/tiny-model.ts';

/** A layer with weights of these names. */
class Named extends tf.layers.Layer {
  static readonly className: string = 'Named';
  readonly #names: string[];

  constructor(name: string, names: string[]) {
    super({ name });
    this.#names = names;
  }

  override build(): void {
    for (const name of this.#names) this.addWeight(name, [1], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return Array.isArray(inputs) ? inputs[0]! : inputs;
  }

  override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape {
    return (Array.isArray(shape[0]) ? shape[0] : shape) as tf.Shape;
  }
}

/** A layer made of others, whose weights are built under its own name. */
class Holder extends Named {
  static override readonly className = 'Holder';
  readonly #inner = [new Named('a', ['kernel']), new Named('b', ['kernel'])];

  override build(): void {
    for (const layer of this.#inner) layer.build();
    this.built = true;
  }

  override get trainableWeights(): tf.LayerVariable[] {
    return this.#inner.flatMap((layer) => layer.trainableWeights);
  }
}

/** The tiny BERT with such layers on top, the first of them built before it is applied. */
async function model(...layers: Named[]) {
  const encoder = await loadEncoder(tinyBert);
  layers[0]!.build();
  const top = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, encoder.model.outputs.at(-1)!);
  return { encoder, model: tf.model({ inputs: encoder.model.inputs, outputs: top }) };
}

beforeAll(async () => {
  await startEngine();
});

describe('headWeights', () => {
  it('names weights by their layers, in every model alike, and leaves the encoder out', async () => {
    for (let i = 0; i < 2; i++) {
      const made = await model(new Named('head', ['kernel', 'bias']), new Named('head_1', ['kernel']));
      expect([...headWeights(made.model, made.encoder).keys()]).toEqual([
        'head/kernel',
        'head/bias',
        'head_1/kernel',
      ]);
    }
  });

  it('refuses two weights of one name', async () => {
    const made = await model(new Holder('head', []));
    expect(() => headWeights(made.model, made.encoder)).toThrow(
      'Two weights of the layer head are called head/kernel; saved, one would replace the other.',
    );
  });
});
