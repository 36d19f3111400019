/** Reads the model of a fold again as `saveTextModel` wrote it: encoder, head and output. */
import { join } from 'node:path';
import { parseHeadRecord, readJson, takesPairs, type HeadRecord } from '@foldwise/data';
import { loadEncoder, readSafetensors, type LoadedEncoder, type SafeTensor } from '@foldwise/encoders';
import { findHead, formerName, taskOutput, type Head, type TaskOutput } from '@foldwise/heads';
import { tf } from '@foldwise/tensorflow';
import { disposeModel } from './dispose-model.ts';
import { headWeights } from './head-weights.ts';
import { textModel } from './text-model.ts';

export interface LoadedTextModel {
  /** Inputs: the encoder's, with token types where it was trained on pairs. Output: logits [batch, outputs]. */
  model: tf.LayersModel;
  encoder: LoadedEncoder;
  /** Turns logits into predictions. */
  output: TaskOutput;
  /** The content of `head.json`. */
  record: HeadRecord;
  /** Frees the memory of the model and of its encoder. */
  dispose: () => void;
}

/**
 * Loads a fold's `model/` folder. Its tokenizer is beside it: `Tokenizer.load(folder)`.
 *
 * @throws if a file is missing or damaged, or a tensor is missing, surplus or of another shape than `head.json` and
 * `config.json` call for; the message names file and tensor. Nothing is left in memory then.
 */
export async function loadTextModel(folder: string): Promise<LoadedTextModel> {
  const recordFile = join(folder, 'head.json');
  const json = await readJson<unknown>(recordFile);
  if (json === undefined)
    throw new Error(
      `${folder} holds no model of Foldwise: there is no head.json. Give a fold's model folder.`,
    );
  const record = parseHeadRecord(json, recordFile);
  const file = join(folder, 'head.safetensors');
  const tensors = await readSafetensors(file);
  const head = headOf(record, recordFile);
  const output = taskOutput(record.task, record.classes?.length ?? record.targets.length);
  const encoder = await loadEncoder(folder, { types: takesPairs(record) });
  const parts: Parameters<typeof disposeModel>[0] = { encoder };
  const dispose = () => disposeModel(parts);
  try {
    const bias = new Float32Array(output.outputs);
    const settings = record.output;
    const model = textModel({ encoder: withPooler(encoder), head, settings, output, seed: 0, bias });
    parts.model = model;
    write(asNamedIn(tensors, headWeights(model, encoder)), tensors, file);
    return { model, encoder, output, record, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function headOf({ head }: HeadRecord, file: string): Head {
  try {
    return findHead(head);
  } catch (error) {
    throw new Error(`${file}: head: ${(error as Error).message}`, { cause: error });
  }
}

/** A head that starts from the checkpoint's pooler has its weights, as they were trained, in head.safetensors. */
function withPooler(encoder: LoadedEncoder): LoadedEncoder {
  const { hiddenSize } = encoder.config;
  const zeros = { kernel: new Float32Array(hiddenSize ** 2), bias: new Float32Array(hiddenSize) };
  return { ...encoder, pooler: encoder.pooler ?? zeros };
}

/** The weights by the names that a file has for them, which may be of before one was renamed. */
function asNamedIn(
  tensors: ReadonlyMap<string, SafeTensor>,
  weights: ReadonlyMap<string, tf.LayerVariable>,
): Map<string, tf.LayerVariable> {
  const named = Array.from(weights, ([name, weight]) => {
    const former = formerName(weight);
    const old = former === undefined ? name : name.replace(/[^/]+$/, former);
    return [!tensors.has(name) && tensors.has(old) ? old : name, weight] as const;
  });
  return new Map(named);
}

function write(
  weights: ReadonlyMap<string, tf.LayerVariable>,
  tensors: ReadonlyMap<string, SafeTensor>,
  file: string,
): void {
  for (const [name, weight] of weights) {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${file} lacks the tensor ${name}, which head.json calls for.`);
    const { shape, data, dtype } = tensor;
    if (!(data instanceof Float32Array))
      throw new Error(`${file}: the tensor ${name} holds ${dtype}, expected floating-point numbers.`);
    if (shape.join() !== weight.shape.join())
      throw new Error(
        `${file}: the tensor ${name} has shape [${shape}], head.json calls for [${weight.shape}].`,
      );
  }
  for (const name of tensors.keys())
    if (!weights.has(name))
      throw new Error(`${file} has the tensor ${name}, for which the head of head.json has no weight.`);
  tf.tidy(() => {
    for (const [name, weight] of weights) {
      const { data, shape } = tensors.get(name)!;
      weight.write(tf.tensor(data as Float32Array, shape));
    }
  });
}
