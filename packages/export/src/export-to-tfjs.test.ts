import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, tf } from '@foldwise/tensorflow';
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

let model: string;
let root: string;
beforeAll(async () => {
  await startEngine();
  model = await makeFoldModel();
  root = await mkdtemp(join(tmpdir(), 'foldwise-output-'));
  await mkdir(join(root, 'empty'));
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
    const json = JSON.parse(await readFile(join(output, 'model.json'), 'utf8'));
    expect(json.format).toBe('layers-model');
    expect(json.userDefinedMetadata.foldwise).toEqual({
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
    expect(weightBytes).toBe(whole.weightBytes / 2);
  });

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
