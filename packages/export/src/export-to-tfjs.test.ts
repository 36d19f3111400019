import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linearOutput } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { Batches, Tokenizer } from '@foldwise/tokens';
import { fitFold } from '@foldwise/train';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportToTfjs, type ExportToTfjsOptions } from './export-to-tfjs.ts';
import { makeFoldModel } from './testing/make-fold-model.ts';

const about: ExportToTfjsOptions['about'] = {
  title: 'Tiny',
  encoder: 'some/bert',
  run: 'tiny-run',
  fold: 1,
  score: { metric: 'rmse', value: 0.5 },
};

const tinyBert = fileURLToPath(new URL('../../encoders/fixtures/tiny-bert', import.meta.url));

let model: string;
let root: string;
beforeAll(async () => {
  await startEngine();
  model = await makeFoldModel();
  root = await mkdtemp(join(tmpdir(), 'foldwise-output-'));
  await mkdir(join(root, 'empty'));
});

/** A fold of a regression with mean 10,000 and standard deviation 100; what it predicts for three texts. */
async function fitDollars(): Promise<{ folder: string; texts: string[]; predictions: Float64Array }> {
  const texts = ['a good film', 'a bad film about the town', 'very slow'];
  const targets = [Float64Array.of(9900, 9900, 10_100, 10_100)];
  const training = { epochs: 1, batch: 4, predictBatch: 4, lr: 0.01, weightDecay: 0, warmup: 0, clipNorm: 1, maxLength: 24, seed: 0, keep: 'last', precision: 'fp32', standardizeTargets: true }; // prettier-ignore
  const fitted = await fitFold({
    pipeline: { name: 'dollars', head: 'mean', output: linearOutput, training },
    competition: {
      manifest: { columns: { text: 'text', target: ['y'] }, task: 'regression', metric: 'rmse' },
      train: { texts: [['bad', 'slow', 'good', 'warm']], targets },
      test: { texts: [texts] },
    },
    rows: { train: Int32Array.of(0, 1, 2, 3), valid: Int32Array.of(0) },
    model: tinyBert,
  } as unknown as Parameters<typeof fitFold>[0]);
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-dollars-'));
  await fitted.saveModel(folder);
  fitted.dispose();
  return { folder, texts, predictions: fitted.test[0]! };
}

/** Reads the files as a browser does. */
const layersModelIn = (folder: string): tf.io.IOHandler => ({
  load: async () => {
    const text = await readFile(join(folder, 'model.json'), 'utf8');
    const { modelTopology, weightsManifest } = JSON.parse(text) as Required<tf.io.ModelJSON>;
    const { paths, weights } = weightsManifest[0]!;
    const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
    return { modelTopology, weightSpecs: weights, weightData: new Uint8Array(Buffer.concat(shards)).buffer };
  },
});

describe('exportToTfjs', () => {
  it('writes the model, the tokenizer, the library and the page, and nothing beside the folder', async () => {
    const before = tf.memory().numTensors;
    const output = join(root, 'empty');
    const { weightBytes } = await exportToTfjs({ model, output, about });
    expect(await readdir(root)).toEqual(['empty']);
    expect((await readdir(output)).sort()).toEqual([
      'README.md',
      'foldwise.js',
      'foldwise.js.LEGAL.txt',
      'group1-shard1of1.bin',
      'index.html',
      'model.json',
      'opened-as-file.js',
      'page.css',
      'page.js',
      'tfjs-backend-wasm-simd.wasm',
      'tfjs-backend-wasm-threaded-simd.wasm',
      'tfjs-backend-wasm.wasm',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    // Embeddings of 102 words, 48 places, 2 segments; four layers of width 32 and 64; 33 numbers of the output.
    const layer = 32 * 96 + 96 + 32 * 32 + 32 + 64 + 32 * 64 + 64 + 64 * 32 + 32 + 64;
    expect(weightBytes).toBe(4 * ((102 + 48 + 2) * 32 + 64 + 4 * layer + 33));
    const json = JSON.parse(await readFile(join(output, 'model.json'), 'utf8')) as tf.io.ModelJSON;
    expect(json.format).toBe('layers-model');
    expect(json.userDefinedMetadata?.['foldwise']).toEqual({
      format: 1,
      task: 'regression',
      targets: ['y'],
      maxLength: 24,
      head: 'mean',
      ...about,
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has no inference engine but TensorFlow.js in the library', async () => {
    const output = join(root, 'library');
    await exportToTfjs({ model, output, about });
    const library = await readFile(join(output, 'foldwise.js'), 'utf8');
    expect(library).not.toMatch(/onnx|koffi|from\s*"node:/i);
    expect(library.length).toBeLessThan(1_250_000);
  });

  it('halves the weights, where half precision holds them', async () => {
    const output = join(root, 'halves');
    const { weightBytes } = await exportToTfjs({ model, output, about, weights: 'float16' });
    const whole = await exportToTfjs({ model, output: join(root, 'whole'), about });
    // But for the 33 numbers of the output.
    expect(weightBytes).toBe((whole.weightBytes + 4 * 33) / 2);
  });

  it.each(['float32', 'float16'] as const)(
    'predicts in the units of targets that were standardized in training: %s',
    async (weights) => {
      const { folder, texts, predictions } = await fitDollars();
      const output = join(root, `dollars-${weights}`);
      await exportToTfjs({ model: folder, output, about, weights });
      const loaded = await tf.loadLayersModel(layersModelIn(output));
      const tokenizer = await Tokenizer.load(folder);
      const encodings = tokenizer.encodeColumns([texts], { maxLength: 24 });
      const plan = { entries: Int32Array.of(0, 1, 2), size: 3, length: 24 };
      const { ids, mask } = new Batches(encodings, [plan], tokenizer.padId).at(0);
      const inputs = [ids, mask].map((values) => tf.tensor2d(values, [3, 24], 'int32'));
      const values = (loaded.predict(inputs) as tf.Tensor).dataSync();
      // In standard deviations, of which the mean is a hundred.
      const tolerance = weights === 'float16' ? 5e-3 : 2e-5;
      values.forEach((y, i) => expect(Math.abs(y - predictions[i]!) / 100).toBeLessThan(tolerance));
      loaded.dispose();
    },
  );

  it('replaces an earlier export only if it is told to, and nothing else', async () => {
    const output = join(root, 'again');
    await exportToTfjs({ model, output, about });
    await writeFile(join(output, 'old'), '');
    await expect(exportToTfjs({ model, output, about })).rejects.toThrow('replace it with --force');
    await exportToTfjs({ model, output, about, force: true });
    expect(await readdir(output)).not.toContain('old');
    const other = join(root, 'other');
    await mkdir(other);
    await writeFile(join(other, 'thesis.tex'), '');
    await expect(exportToTfjs({ model, output: other, about, force: true })).rejects.toThrow(
      `${other} is not empty, and holds no earlier export`,
    );
    expect(await readdir(other)).toEqual(['thesis.tex']);
  });

  it('leaves nothing behind where the model cannot be read', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'foldwise-export-'));
    await cp(model, broken, { recursive: true });
    await rm(join(broken, 'tokenizer.json'));
    const before = await readdir(root);
    await expect(exportToTfjs({ model: broken, output: join(root, 'none'), about })).rejects.toThrow(
      'tokenizer.json',
    );
    expect(await readdir(root)).toEqual(before);
  });
});
