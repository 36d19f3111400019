/** Writes an encoder as the checkpoint that it came from, with its present weights, in safetensors. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withValues } from '@foldwise/tensorflow/memory';
import { linearSources, type WeightSource } from './checkpoint/checkpoint-map.ts';
import { encoderWeight } from './checkpoint/encoder-weight.ts';
import type { PoolerWeights } from './checkpoint/pooler-weights.ts';
import { transpose } from './checkpoint/transpose.ts';
import { writeSafetensors, type TensorToWrite } from './checkpoint/write-safetensors.ts';
import type { LoadedEncoder } from './load-encoder.ts';

/**
 * Writes config.json, model.safetensors and the tokenizer's files into `folder`, which must exist. Python's
 * `AutoModel.from_pretrained(folder)` reads it. `pooler` is that of a head that trained it; without one it is left out.
 *
 * @throws for a pooler where the encoder's family has none
 */
export async function saveEncoder(
  { family, config, model }: LoadedEncoder,
  original: string,
  folder: string,
  pooler?: PoolerWeights,
): Promise<void> {
  const map = family.weights(config);
  const tensors = new Map<string, TensorToWrite>();
  for (const source of map.weights)
    source.tensors.forEach((name, i) => {
      const data: TensorToWrite['data'] = (write) =>
        withValues(encoderWeight(model, source.weight).read(), (values) => write(partOf(source, i, values)));
      tensors.set(name, { shape: source.shape, data });
    });
  if (pooler) {
    if (map.pooler === undefined)
      throw new Error(`Checkpoints of "${config.modelType}" have no pooler, but one was given to save.`);
    const [kernel, bias] = linearSources('pooler', [map.pooler], config.hiddenSize, config.hiddenSize);
    for (const [source, values] of [
      [kernel, pooler.kernel],
      [bias, pooler.bias],
    ] as const)
      tensors.set(source.tensors[0]!, { shape: source.shape, data: partOf(source, 0, values) });
  }
  await writeSafetensors(join(folder, 'model.safetensors'), tensors);
  for (const name of family.companions)
    if (existsSync(join(original, name))) {
      await cp(join(original, name), join(folder, name));
      if (name === 'config.json') await nameFloat32(join(folder, name));
    }
}

/** Python's transformers would round what we write to the type that the original had. */
async function nameFloat32(config: string): Promise<void> {
  const text = await readFile(config, 'utf8');
  const named = text.replace(/("(?:torch_)?dtype"\s*:\s*)"\w+"/g, '$1"float32"');
  if (named !== text) await writeFile(config, named);
}

/** The elements of one of a weight's tensors, as PyTorch stores it. */
function partOf({ tensors, shape, transposed }: WeightSource, i: number, values: Float32Array): Float32Array {
  if (transposed) {
    const [outputs, inputs] = shape as [number, number];
    // Of a kernel of several tensors, each is some columns.
    return transpose(values.subarray(i * outputs), inputs, outputs, outputs * tensors.length);
  }
  const size = values.length / tensors.length;
  return values.subarray(i * size, (i + 1) * size);
}
