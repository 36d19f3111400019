/** Writes the checkpoint of one fold: the encoder as others read it, and beside it what is ours. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Competition, Pipeline } from '@foldwise/data';
import { saveEncoder, writeSafetensors, type LoadedEncoder } from '@foldwise/encoders';
import type { tf } from '@foldwise/tensorflow';

/**
 * Writes into `folder`, which must exist: the encoder's config.json, model.safetensors and tokenizer files; and
 * `head.safetensors` (the weights behind the encoder, kernels as [inputs, outputs]) with `head.json`.
 */
export async function saveTextModel(
  folder: string,
  {
    model,
    encoder,
    original,
    pipeline,
    competition,
  }: {
    model: tf.LayersModel;
    encoder: LoadedEncoder;
    /** The folder of the encoder's checkpoint. */
    original: string;
    pipeline: Pipeline;
    competition: Competition;
  },
): Promise<void> {
  await saveEncoder(encoder, original, folder);
  const inEncoder = new Set(encoder.model.weights);
  const tensors = new Map<string, { shape: number[]; data: Float32Array }>();
  for (const weight of model.weights.filter((weight) => !inEncoder.has(weight))) {
    const value = weight.read();
    tensors.set(weight.originalName, { shape: value.shape, data: (await value.data()) as Float32Array });
  }
  await writeSafetensors(join(folder, 'head.safetensors'), tensors);
  const { task, columns } = competition.manifest;
  const head = {
    head: pipeline.head,
    task,
    targets: columns.target,
    classes: competition.classes,
    maxLength: pipeline.training.maxLength,
  };
  await writeFile(join(folder, 'head.json'), `${JSON.stringify(head, null, 2)}\n`);
}
