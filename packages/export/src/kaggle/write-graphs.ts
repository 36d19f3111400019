/**
 * Writes a fold's model as graphs of TensorFlow, one for each padded length, with the weights beside them once: a program
 * in Python runs them and needs to know nothing of encoders, heads and outputs.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takesPairs, writeJson } from '@foldwise/data';
import { writeSafetensors, type TensorToWrite } from '@foldwise/encoders';
import { exportGraph, type tf } from '@foldwise/tensorflow';
import { Tokenizer } from '@foldwise/tokens';
import { loadTextModel, type LoadedTextModel } from '@foldwise/train';
import { namedWeights } from '../write-layers-model.ts';

/** What `model.json` beside the graphs holds: all that must be known to feed them. */
export interface GraphsDescription {
  format: 1;
  task: string;
  /** Nodes to feed with int32 [batch, length]: `input_ids`, `attention_mask`, and `token_type_ids` where it takes them. */
  inputs: string[];
  /** The node to fetch: predictions, float32 [batch, columns]. */
  output: string;
  /** Texts at once. */
  batch: number;
  /** Tokens of a padded text, ascending; the graph for each is `graph-<batch>x<length>.pb`. */
  lengths: number[];
  /** Tokens of a text, with the special ones; longer texts are cut. */
  maxLength: number;
  /** Fills a text's ids up to its length. */
  padId: number;
  /**
   * Where the first column of text and the others make a pair for the tokenizer: what stands between the others. Null
   * where all columns are one text.
   */
  pair: string | null;
}

/** Shares of the longest text: the graphs are loaded one by one, so there are fewer lengths than in training. */
const shares = [1 / 16, 1 / 8, 1 / 4, 3 / 8, 1 / 2, 3 / 4, 1];

/** `graphLengths(128)` is [8, 16, 32, 48, 64, 96, 128]: multiples of 8, and the longest. */
export function graphLengths(maxLength: number): number[] {
  const lengths = shares.map((share) => Math.min(maxLength, 8 * Math.ceil((share * maxLength) / 8)));
  return [...new Set(lengths)];
}

/**
 * Writes `weights.safetensors`, the graphs, `model.json` and the tokenizer's files into `output`, which it makes. The
 * TensorFlow engine must run.
 *
 * @param folder a fold's model as training leaves it
 * @param options.batch texts at once (default 32)
 * @throws Error as `loadTextModel` and `exportGraph`
 */
export async function writeGraphs(
  folder: string,
  output: string,
  { batch = 32 }: { batch?: number } = {},
): Promise<void> {
  const { padId, between } = await Tokenizer.load(folder);
  await mkdir(output, { recursive: true });
  const loaded = await loadTextModel(folder);
  try {
    const { task, maxLength } = loaded.record;
    const lengths = graphLengths(maxLength);
    const weights = new Map<string, tf.Variable>();
    for (const length of lengths) {
      const exported = graphOf(loaded, [batch, length]);
      await writeFile(join(output, `graph-${batch}x${length}.pb`), exported.graph);
      for (const [name, weight] of exported.weights) weights.set(name, weight);
    }
    await writeSafetensors(join(output, 'weights.safetensors'), toWrite(weights));
    const description: GraphsDescription = {
      ...{ format: 1, task, inputs: loaded.model.inputNames, output: 'output' },
      ...{ batch, lengths, maxLength, padId, pair: takesPairs(loaded.record) ? between : null },
    };
    await writeJson(join(output, 'model.json'), description);
  } finally {
    loaded.dispose();
  }
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    if (existsSync(join(folder, name))) await copyFile(join(folder, name), join(output, name));
}

function graphOf(
  { model, output }: LoadedTextModel,
  shape: readonly number[],
): ReturnType<typeof exportGraph> {
  const names = model.inputNames;
  const input = { shape, dtype: 'int32' } as const;
  return exportGraph(
    (inputs) => output.predict(model.apply(names.map((name) => inputs[name]!)) as tf.Tensor2D),
    Object.fromEntries(names.map((name) => [name, input])),
    {
      name: 'the prediction',
      // A layer's weight is read as the variable that holds it.
      weightNames: new Map(
        namedWeights(model).map(({ name, weight }) => [weight.read() as tf.Variable, name]),
      ),
    },
  );
}

/** Each is read when its turn has come. */
function toWrite(weights: ReadonlyMap<string, tf.Variable>): Map<string, TensorToWrite> {
  return new Map(
    Array.from(weights, ([name, weight]) => [
      name,
      { shape: weight.shape, data: async (write) => write((await weight.data()) as Float32Array) },
    ]),
  );
}
