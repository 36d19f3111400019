/** Writes an encoder as the checkpoint that it came from, with its present weights, in safetensors. */
import { cp } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withValues } from '@foldwise/tensorflow/memory';
import { bertWeights } from './bert/bert-weights.ts';
import { encoderWeight } from './checkpoint/encoder-weight.ts';
import type { PoolerWeights } from './checkpoint/pooler-weights.ts';
import { transpose } from './checkpoint/transpose.ts';
import { writeSafetensors, type TensorToWrite } from './checkpoint/write-safetensors.ts';
import type { LoadedEncoder } from './load-encoder.ts';

/** What goes along unchanged from the original's folder. */
const companions = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'vocab.txt',
];

/**
 * Writes config.json, model.safetensors and the tokenizer's files into `folder`, which must exist. Python's
 * `AutoModel.from_pretrained(folder)` reads it. `pooler` is that of a head that trained it; without one it is left out.
 */
export async function saveEncoder(
  { config, model }: LoadedEncoder,
  original: string,
  folder: string,
  pooler?: PoolerWeights,
): Promise<void> {
  const tensors = new Map<string, TensorToWrite>();
  for (const { weight, tensors: names, shape, transposed } of bertWeights(config)) {
    const [outputs, inputs] = shape as [number, number];
    names.forEach((name, i) => {
      const part = (values: Float32Array) => {
        // Of a kernel of several tensors, each is some columns.
        if (transposed)
          return transpose(values.subarray(i * outputs), inputs, outputs, outputs * names.length);
        const size = values.length / names.length;
        return values.subarray(i * size, (i + 1) * size);
      };
      const data: TensorToWrite['data'] = (write) =>
        withValues(encoderWeight(model, weight).read(), (values) => write(part(values)));
      tensors.set(name, { shape, data });
    });
  }
  if (pooler) {
    const { hiddenSize } = config;
    const kernel = transpose(pooler.kernel, hiddenSize, hiddenSize);
    tensors.set('pooler.dense.weight', { shape: [hiddenSize, hiddenSize], data: kernel });
    tensors.set('pooler.dense.bias', { shape: [hiddenSize], data: pooler.bias });
  }
  await writeSafetensors(join(folder, 'model.safetensors'), tensors);
  for (const name of companions)
    if (existsSync(join(original, name))) await cp(join(original, name), join(folder, name));
}
