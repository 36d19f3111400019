import { readFile } from 'node:fs/promises';
import { resolveModel } from '@foldwise/encoders';
import { heads } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { cacheFolder } from '@foldwise/tensorflow/library';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyBert } from '../testing/tiny-model.ts';
import { textVectorizer } from './text-vectorizer.ts';

const fixture = (name: string) => readFile(new URL(`../../fixtures/${name}`, import.meta.url));

beforeAll(async () => {
  await startEngine();
});

describe('textVectorizer', () => {
  it("gives sentence-transformers' vectors with MiniLM", async () => {
    const { maxLength, texts } = JSON.parse((await fixture('sentence-vectors.json')).toString()) as {
      maxLength: number;
      texts: string[];
    };
    const npy = await fixture('sentence-vectors.npy');
    const reference = new Float32Array(npy.buffer.slice(npy.byteOffset + 128));
    const { folder: model } = await resolveModel('sentence-transformers/all-MiniLM-L6-v2', {
      cacheFolder: cacheFolder(),
    });
    const made = await textVectorizer({ model, maxLength, precision: 'fp32', normalize: true });
    expect(made.width).toBe(384);
    const vectors = await made.vectors(texts);
    made.dispose();
    // As the fixture is: every sixth feature, and the mean of all without their signs.
    const compact = texts.flatMap((_, row) => {
      const vector = Array.from(vectors.subarray(row * 384, (row + 1) * 384));
      const mean = vector.reduce((sum, value) => sum + Math.abs(value), 0) / 384;
      return [...vector.filter((_, i) => i % 6 === 0), mean];
    });
    expect(compact.length).toBe(reference.length);
    const differences = compact.map((value, i) => Math.abs(value - reference[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  });

  it('cuts texts at 128 tokens, or at what the encoder takes', async () => {
    const made = await textVectorizer({ model: tinyBert });
    expect(made.maxLength).toBe(48);
    const [long, longer] = ['good '.repeat(46), 'good '.repeat(60)];
    const vectors = await made.vectors([long, longer]);
    expect(vectors.subarray(0, made.width)).toEqual(vectors.subarray(made.width));
    made.dispose();
    await expect(textVectorizer({ model: tinyBert, maxLength: 49 })).rejects.toThrow(
      /The maximal length is 49 tokens, but .*tiny-bert has 48 positions/,
    );
  });

  it('refuses heads that must be trained, and takes all others', async () => {
    const before = tf.memory().numTensors;
    const refused: string[] = [];
    const specs = Object.values(heads)
      .filter(({ syntax }) => !syntax.startsWith('last-4'))
      .map(({ examples }) => examples[0]!);
    for (const head of specs) {
      const made = await textVectorizer({ model: tinyBert, head, precision: 'fp32' }).catch(
        (error: unknown) => {
          expect((error as Error).message).toMatch(
            `The head "${head}" has weights that no checkpoint brings (head`,
          );
          refused.push(head);
        },
      );
      made?.dispose();
    }
    expect(refused).toContain('attention');
    expect(refused).toContain('gem');
    for (const head of ['cls', 'pooler', 'mean', 'max', 'concat']) expect(refused).not.toContain(head);
    await expect(textVectorizer({ model: tinyBert, head: 'concat:mean+attention' })).rejects.toThrow(
      'so it must be trained first, as by `foldwise cv --head concat:mean+attention`',
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
