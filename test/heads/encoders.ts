/** The two encoders that every head is put on. */
import { fileURLToPath } from 'node:url';
import { loadEncoder, readEncoderConfig, resolveModel, type LoadedEncoder } from '@foldwise/encoders';
import { tf } from '@foldwise/tensorflow';
import { cacheFolder } from '@foldwise/tensorflow/library';

const tinyBert = fileURLToPath(new URL('../../packages/encoders/fixtures/tiny-bert', import.meta.url));

/** MiniLM-L6 with its published weights: 6 layers, 384 features. */
export async function miniLm(): Promise<LoadedEncoder> {
  const model = 'sentence-transformers/all-MiniLM-L6-v2';
  const { folder } = await resolveModel(model, { cacheFolder: cacheFolder() });
  return loadEncoder(folder, { dropout: 0 });
}

/** A BERT of 6 layers and 32 features whose weights look random and are the same in every run. */
export async function randomBert(): Promise<LoadedEncoder> {
  const { family, config: tiny } = await readEncoderConfig(tinyBert);
  const config = { ...tiny, numHiddenLayers: 6 };
  const model = family.build(config, { dropout: 0, initializerRange: 0 });
  tf.tidy(() => {
    for (const [i, weight] of model.weights.entries()) {
      const isScale = weight.originalName.endsWith('gamma');
      const values = wave(
        weight.shape.reduce<number>((size, n) => size * n!, 1),
        i,
      );
      weight.write(tf.tensor(values, weight.shape as number[]).add(isScale ? 1 : 0));
    }
  });
  const width = config.hiddenSize;
  const pooler = { kernel: wave(width * width, 101), bias: wave(width, 102) };
  return { family, config, model, maxTokens: family.maxTokens(config), pooler };
}

/** Numbers of about 0.1. */
function wave(size: number, seed: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => 0.2 * Math.sin((i + 1) * (seed + 1.7) * 12.9898));
}
