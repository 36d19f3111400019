/** A fold's model as training leaves it, of the tiny BERT of the encoders' fixtures and of random weights; for tests. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takesPairs } from '@foldwise/data';
import { loadEncoder, readSafetensors, writeSafetensors } from '@foldwise/encoders';
import { findHead, linearOutput, taskOutput } from '@foldwise/heads';
import { tf } from '@foldwise/tensorflow';
import { Batches, Tokenizer } from '@foldwise/tokens';
import {
  loadTextModel,
  predictor,
  saveTextModel,
  textModel,
  type SaveTextModelOptions,
} from '@foldwise/train';

const tinyBert = fileURLToPath(new URL('../../../encoders/fixtures/tiny-bert', import.meta.url));

/** A folder with the tiny BERT, of whose two layers each is there twice: some heads read four. */
async function deeperBert(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-bert-'));
  await cp(tinyBert, folder, { recursive: true });
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as object;
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, num_hidden_layers: 4 }));
  const file = join(folder, 'model.safetensors');
  const tensors = new Map(await readSafetensors(file));
  for (const [name, tensor] of [...tensors])
    tensors.set(
      name.replace(/layer\.(\d+)/, (_, layer) => `layer.${Number(layer) + 2}`),
      tensor,
    );
  await writeSafetensors(file, tensors as Parameters<typeof writeSafetensors>[1]);
  return folder;
}

type HeadRecord = SaveTextModelOptions['record'];

/** Regression of one number by the mean, unless said otherwise. */
export async function makeFoldModel(change: Partial<HeadRecord> = {}): Promise<string> {
  const record: HeadRecord = {
    head: 'mean',
    output: linearOutput,
    task: 'regression',
    targets: ['y'],
    maxLength: 24,
    ...change,
  };
  const original = await deeperBert();
  const encoder = await loadEncoder(original, { types: takesPairs(record) });
  const output = taskOutput(record.task, record.classes?.length ?? record.targets.length);
  const model = textModel({
    encoder,
    head: findHead(record.head),
    settings: record.output,
    output,
    seed: 3,
    bias: new Float32Array(output.outputs),
  });
  tf.tidy(() => {
    for (const [i, weight] of model.weights.entries())
      weight.write(weight.read().add(tf.randomNormal(weight.shape as number[], 0, 0.1, 'float32', i + 1)));
  });
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-export-'));
  await saveTextModel(folder, { model, encoder, original, record });
  return folder;
}

/** What the model predicts on the engine of this process for columns of texts: one row for each of theirs. */
export async function predictHere(
  folder: string,
  columns: readonly (readonly string[])[],
): Promise<number[][]> {
  const { model, output, record, dispose } = await loadTextModel(folder);
  const tokenizer = await Tokenizer.load(folder);
  const encodings = tokenizer.encodeColumns(columns, { maxLength: record.maxLength });
  const { predict, dispose: stop } = predictor(model, output);
  const plan = {
    entries: Int32Array.from(encodings.keys()),
    size: encodings.length,
    length: record.maxLength,
  };
  const predictions = await predict(new Batches(encodings, [plan], tokenizer.padId));
  stop();
  dispose();
  return encodings.map((_, row) => predictions.map((column) => column[row]!));
}
