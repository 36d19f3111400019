import { loadEncoder, type LoadedEncoder } from '@foldwise/encoders';
import { findHead } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textEncoder, type TextEncoder } from './encode-texts.ts';
import { tinyBert } from '../testing/tiny-model.ts';

/** Texts of 3 to 20 tokens, in no order of length. */
const encodings = Array.from({ length: 23 }, (_, row) => {
  const id = (j: number) => (j === 0 ? 2 : 5 + ((row * 13 + j * 5) % 90));
  return { ids: Int32Array.from({ length: 3 + ((row * 7) % 18) }, (_, j) => id(j)), row };
});
const padId = 0;

let encoder: LoadedEncoder;
let texts: TextEncoder;

beforeAll(async () => {
  await startEngine();
  encoder = await loadEncoder(tinyBert, { dropout: 0.5 });
  // At least a dozen batches.
  texts = textEncoder({ encoder, head: findHead('mean'), padId, batchTokens: 40 });
});

afterAll(() => texts.dispose());

/** A plain forward pass of one text, without padding: the last hidden states' mean and maximum over the tokens. */
function alone(text: Int32Array): { mean: number[]; max: number[] } {
  const hidden = tf.tidy(() => {
    const ids = tf.tensor2d(text, [1, text.length], 'int32');
    const states = encoder.model.apply([ids, tf.onesLike(ids)]) as tf.Tensor3D[];
    return states.at(-1)!.squeeze<tf.Tensor2D>([0]).arraySync();
  });
  const columns = hidden[0]!.map((_, c) => hidden.map((state) => state[c]!));
  return {
    mean: columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    max: columns.map((values) => Math.max(...values)),
  };
}

function expectClose(row: Float32Array, expected: readonly number[], digits = 5): void {
  expect(row.length).toBe(expected.length);
  expected.forEach((value, i) => expect(row[i]).toBeCloseTo(value, digits));
}

const rowOf = (vectors: Float32Array, row: number, width: number) =>
  vectors.subarray(row * width, (row + 1) * width);

describe('textEncoder', () => {
  it('gives every text what it gets alone, in the order of the texts', async () => {
    const vectors = await texts.encode(encodings);
    expect(texts.width).toBe(encoder.config.hiddenSize);
    expect(vectors.length).toBe(23 * texts.width);
    encodings.forEach(({ ids }, row) => expectClose(rowOf(vectors, row, texts.width), alone(ids).mean));
    // Or a mistaken order could go unseen.
    const firsts = encodings.map((_, row) => vectors[row * texts.width]!.toFixed(4));
    expect(new Set(firsts).size).toBe(23);
  });

  it('gives the same whatever the batches, and whatever pads', async () => {
    const vectors = await texts.encode(encodings);
    const whole = textEncoder({ encoder, head: findHead('mean'), padId: 7, batchTokens: 4096 });
    const together = await whole.encode(encodings);
    whole.dispose();
    expectClose(together, Array.from(vectors));
  });

  it('has the width of its head', async () => {
    const both = textEncoder({ encoder, head: findHead('concat'), padId });
    const vectors = await both.encode(encodings.slice(0, 2));
    both.dispose();
    expect(both.width).toBe(2 * encoder.config.hiddenSize);
    const { mean, max } = alone(encodings[1]!.ids);
    expectClose(rowOf(vectors, 1, both.width), [...mean, ...max]);
  });

  it('rounds factors of products in bf16, and little changes', async () => {
    const rounded = textEncoder({ encoder, head: findHead('mean'), padId, precision: 'bf16' });
    const vectors = await rounded.encode(encodings.slice(0, 3));
    rounded.dispose();
    const exact = encodings.slice(0, 3).flatMap(({ ids }) => alone(ids).mean);
    expectClose(vectors, exact, 1);
    expect(Math.max(...exact.map((value, i) => Math.abs(value - vectors[i]!)))).toBeGreaterThan(1e-5);
  });

  it('encodes a stream call by call', async () => {
    const stream = textEncoder({ encoder, head: findHead('mean'), padId, batchTokens: 40 });
    for (let start = 0; start < encodings.length; start += 5) {
      const some = encodings.slice(start, start + 5);
      const vectors = await stream.encode(some);
      some.forEach(({ ids }, row) => expectClose(rowOf(vectors, row, stream.width), alone(ids).mean));
    }
    stream.dispose();
  });

  it('tells of each batch, stops where told to, and leaves no tensors', async () => {
    await texts.encode(encodings);
    const before = tf.memory().numTensors;
    const told: number[][] = [];
    await texts.encode(encodings, (...batch) => told.push(batch));
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.map((_, i) => [i, told.length]));
    const stop = (batch: number) => {
      if (batch === 2) throw new Error('stop');
    };
    await expect(texts.encode(encodings, stop)).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('frees all that it made, with nothing running after a failure', async () => {
    const before = tf.memory();
    const short = textEncoder({ encoder, head: findHead('mean'), padId, batchTokens: 40 });
    const onBatch = (batch: number) => {
      if (batch === 1) throw new Error('stop');
    };
    await expect(short.encode(encodings, onBatch)).rejects.toThrow('stop');
    short.dispose();
    expect(tf.memory()).toEqual(before);
    // The encoder is not its own.
    expect(alone(encodings[0]!.ids).mean.every(Number.isFinite)).toBe(true);
  });

  it('refuses a text that is longer than the position embeddings', async () => {
    const { maxTokens } = encoder;
    const long = new Int32Array(maxTokens + 1).fill(5);
    await expect(texts.encode([encodings[0]!, { ids: long, row: 1 }])).rejects.toThrow(
      `A text of ${maxTokens + 1} tokens is longer than the encoder's ${maxTokens} positions`,
    );
    const longest = await texts.encode([{ ids: long.slice(1), row: 0 }]);
    expect(longest.every(Number.isFinite)).toBe(true);
  });

  it('encodes nothing for no texts', async () => {
    expect(await texts.encode([])).toEqual(new Float32Array(0));
  });
});
