/** The tiny BERT of the encoders' fixtures with a head and an output, for tests. */
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEncoder, readSafetensors, writeSafetensors } from '@foldwise/encoders';
import { findHead, taskOutput, type OutputSettings, type OutputTask, type TaskOutput } from '@foldwise/heads';
import { tf } from '@foldwise/tensorflow';
import { textModel } from '../model/text-model.ts';

export const tinyBert = fileURLToPath(new URL('../../../encoders/fixtures/tiny-bert', import.meta.url));

/** A checkpoint of its layers, once after the other, as often as it takes for so many; its folder. */
export async function tinyBertOf(layers: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-tiny-'));
  await cp(tinyBert, folder, { recursive: true });
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as {
    num_hidden_layers: number;
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, num_hidden_layers: layers }));
  const tensors = await readSafetensors(join(tinyBert, 'model.safetensors'));
  for (const [name, tensor] of [...tensors]) {
    const [, before, i, behind] = /^(.*layer\.)(\d+)(\..*)$/.exec(name) ?? [];
    if (i === undefined) continue;
    for (let copy = Number(i) + config.num_hidden_layers; copy < layers; copy += config.num_hidden_layers)
      tensors.set(`${before}${copy}${behind}`, tensor);
  }
  await writeSafetensors(join(folder, 'model.safetensors'), tensors as never);
  return folder;
}

/** The model, in which `kernel` ([hidden][outputs]) and `bias` replace the output's start where given. */
export async function tinyModel(
  task: OutputTask,
  columns: number,
  {
    folder = tinyBert,
    dropout = 0,
    kernel,
    bias,
    head = 'mean',
    settings,
    types,
  }: {
    folder?: string;
    dropout?: number;
    kernel?: number[][];
    bias?: number[];
    head?: string;
    settings?: OutputSettings;
    /** Whether it takes token types. */
    types?: boolean;
  } = {},
): Promise<{ model: tf.LayersModel; output: TaskOutput }> {
  const encoder = await loadEncoder(folder, { dropout, types });
  const output = taskOutput(task, columns);
  const start = Float32Array.from(bias ?? new Array<number>(output.outputs).fill(0));
  const model = textModel({ encoder, head: findHead(head), settings, output, seed: 0, bias: start });
  if (kernel)
    tf.tidy(() => {
      model.getLayer('output').weights[0]!.write(tf.tensor2d(kernel));
    });
  return { model, output };
}
