/** Writes the checkpoint of one fold: the encoder as others read it, and beside it what is ours. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeadRecord } from '@foldwise/data';
import { saveEncoder, writeSafetensors, type LoadedEncoder } from '@foldwise/encoders';
import type { tf } from '@foldwise/tensorflow';
import { headWeights } from './head-weights.ts';
import { trainedPooler } from './trained-pooler.ts';

export interface SaveTextModelOptions {
  model: tf.LayersModel;
  encoder: LoadedEncoder;
  /** The folder of the encoder's checkpoint. */
  original: string;
  record: HeadRecord;
}

/**
 * Writes into `folder`, which must exist: the encoder's config.json, model.safetensors and tokenizer files, with the
 * pooler where the head trained it; and `head.safetensors` (the weights behind the encoder by layer and name, kernels as
 * [inputs, outputs]) with `head.json`. `loadTextModel` reads it.
 */
export async function saveTextModel(
  folder: string,
  { model, encoder, original, record }: SaveTextModelOptions,
): Promise<void> {
  const tensors = new Map<string, { shape: number[]; data: Float32Array }>();
  for (const [name, weight] of headWeights(model, encoder)) {
    const value = weight.read();
    tensors.set(name, { shape: value.shape, data: (await value.data()) as Float32Array });
  }
  await saveEncoder(encoder, original, folder, await trainedPooler(model));
  await writeSafetensors(join(folder, 'head.safetensors'), tensors);
  await writeFile(join(folder, 'head.json'), `${JSON.stringify(record, null, 2)}\n`);
}
