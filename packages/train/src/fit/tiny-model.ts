/** The tiny BERT of the encoders' fixtures with a mean and a linear output, for tests. */
import { fileURLToPath } from 'node:url';
import { loadEncoder } from '@foldwise/encoders';
import { findHead, taskOutput, type OutputSettings, type OutputTask, type TaskOutput } from '@foldwise/heads';
import { tf } from '@foldwise/tensorflow';
import { textModel } from './text-model.ts';

export const tinyBert = fileURLToPath(new URL('../../../encoders/fixtures/tiny-bert', import.meta.url));

/** The model, in which `kernel` ([hidden][outputs]) and `bias` replace the output's start where given. */
export async function tinyModel(
  task: OutputTask,
  columns: number,
  {
    folder = tinyBert,
    dropout = 0,
    kernel,
    bias,
    settings,
  }: {
    folder?: string;
    dropout?: number;
    kernel?: number[][];
    bias?: number[];
    settings?: OutputSettings;
  } = {},
): Promise<{ model: tf.LayersModel; output: TaskOutput }> {
  const encoder = await loadEncoder(folder, { dropout });
  const output = taskOutput(task, columns);
  const start = Float32Array.from(bias ?? new Array<number>(output.outputs).fill(0));
  const model = textModel({ encoder, head: findHead('mean'), settings, output, seed: 0, bias: start });
  if (kernel)
    tf.tidy(() => {
      model.getLayer('output').weights[0]!.write(tf.tensor2d(kernel));
    });
  return { model, output };
}
