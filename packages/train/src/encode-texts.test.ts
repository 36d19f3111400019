import { loadEncoder, type LoadedEncoder } from '@foldwise/encoders';
import { findHead } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textEncoder, type TextEncoder } from './encode-texts.ts';
import { tinyBert } from './testing/tiny-model.ts';

/** Texts of 3 to 20 tokens, in no order of length. */
const tokens = Array.from({ length: 23 }, (_, i) =>
  Int32Array.from({ length: 3 + ((i * 7) % 18) }, (_, j) => (j === 0 ? 2 : 5 + ((i * 13 + j * 5) % 90))),
);
const padId = 0;

let encoder: LoadedEncoder;
let texts: TextEncoder;

beforeAll(async () => {
  await startEngine();
  encoder = await loadEncoder(tinyBert, { dropout: 0.5 });
  // At least a dozen batches.
  texts = textEncoder({ encoder, head: findHead('mean'), batchTokens: 40 });
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
    const vectors = await texts.encode({ tokens, padId });
    expect(texts.width).toBe(encoder.config.hiddenSize);
    expect(vectors.length).toBe(23 * texts.width);
    tokens.forEach((text, row) => expectClose(rowOf(vectors, row, texts.width), alone(text).mean));
    // Or a mistaken order could go unseen.
    const firsts = tokens.map((_, row) => vectors[row * texts.width]!.toFixed(4));
    expect(new Set(firsts).size).toBe(23);
  });

  it('gives the same whatever the batches, and whatever pads', async () => {
    const vectors = await texts.encode({ tokens, padId });
    const whole = textEncoder({ encoder, head: findHead('mean'), batchTokens: 4096 });
    const together = await whole.encode({ tokens, padId: 7 });
    whole.dispose();
    expectClose(together, Array.from(vectors));
  });

  it('has the width of its head', async () => {
    const both = textEncoder({ encoder, head: findHead('concat') });
    const vectors = await both.encode({ tokens: tokens.slice(0, 2), padId });
    both.dispose();
    expect(both.width).toBe(2 * encoder.config.hiddenSize);
    const { mean, max } = alone(tokens[1]!);
    expectClose(rowOf(vectors, 1, both.width), [...mean, ...max]);
  });

  it('rounds factors of products in bf16, and little changes', async () => {
    const rounded = textEncoder({ encoder, head: findHead('mean'), precision: 'bf16' });
    const vectors = await rounded.encode({ tokens: tokens.slice(0, 3), padId });
    rounded.dispose();
    const exact = tokens.slice(0, 3).flatMap((text) => alone(text).mean);
    expectClose(vectors, exact, 1);
    expect(Math.max(...exact.map((value, i) => Math.abs(value - vectors[i]!)))).toBeGreaterThan(1e-5);
  });

  it('encodes a stream call by call', async () => {
    const stream = textEncoder({ encoder, head: findHead('mean'), batchTokens: 40 });
    for (let start = 0; start < tokens.length; start += 5) {
      const some = tokens.slice(start, start + 5);
      const vectors = await stream.encode({ tokens: some, padId });
      some.forEach((text, row) => expectClose(rowOf(vectors, row, stream.width), alone(text).mean));
    }
    stream.dispose();
  });

  it('tells of each batch, stops where told to, and leaves no tensors', async () => {
    await texts.encode({ tokens, padId });
    const before = tf.memory().numTensors;
    const told: number[][] = [];
    await texts.encode({ tokens, padId, onBatch: (...batch) => told.push(batch) });
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.map((_, i) => [i, told.length]));
    const stop = (batch: number) => {
      if (batch === 2) throw new Error('stop');
    };
    await expect(texts.encode({ tokens, padId, onBatch: stop })).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('frees all that it made, with nothing running after a failure', async () => {
    const before = tf.memory();
    const short = textEncoder({ encoder, head: findHead('mean'), batchTokens: 40 });
    const onBatch = (batch: number) => {
      if (batch === 1) throw new Error('stop');
    };
    await expect(short.encode({ tokens, padId, onBatch })).rejects.toThrow('stop');
    short.dispose();
    expect(tf.memory()).toEqual(before);
    // The encoder is not its own.
    expect(alone(tokens[0]!).mean.every(Number.isFinite)).toBe(true);
  });

  it('refuses a text that is longer than the position embeddings', async () => {
    const { maxPositionEmbeddings } = encoder.config;
    const long = new Int32Array(maxPositionEmbeddings + 1).fill(5);
    await expect(texts.encode({ tokens: [tokens[0]!, long], padId })).rejects.toThrow(
      `A text of ${maxPositionEmbeddings + 1} tokens is longer than the encoder's ${maxPositionEmbeddings} positions`,
    );
    const longest = await texts.encode({ tokens: [long.slice(1)], padId });
    expect(longest.every(Number.isFinite)).toBe(true);
  });

  it('encodes nothing for no texts', async () => {
    expect(await texts.encode({ tokens: [], padId })).toEqual(new Float32Array(0));
  });
});
