/** Writes a model in TensorFlow.js's own format for layers, which `tf.loadLayersModel` reads: model.json and shards. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tf } from '@foldwise/tensorflow';
import { toFloat16 } from './to-float16.ts';

export interface WriteLayersModelOptions {
  /** float16 takes half of the bytes; TensorFlow.js makes float32 of them when it loads the model. */
  weights: 'float16' | 'float32';
  /** Goes into model.json, for `model.getUserDefinedMetadata()`. */
  metadata: object;
}

/** As TensorFlow.js has them: small enough for browsers' caches. */
const shardBytes = 4 * 2 ** 20;

/**
 * Writes into `folder`, which must exist. Weights that half precision does not hold stay as they are, and so do those of
 * the linear output: they are few, and hold the targets' scale, whose mean would be off by up to 2^-11 of itself.
 */
export async function writeLayersModel(
  model: tf.LayersModel,
  folder: string,
  { weights, metadata }: WriteLayersModelOptions,
): Promise<void> {
  const specs: tf.io.WeightsManifestEntry[] = [];
  const parts: Uint8Array[] = [];
  for (const { name, weight, isOutput } of namedWeights(model)) {
    const { shape, dtype } = weight.read();
    const values = (await weight.read().data()) as Float32Array;
    const rounds = weights === 'float16' && dtype === 'float32' && !isOutput;
    const halves = rounds ? toFloat16(values) : undefined;
    const { buffer, byteOffset, byteLength } = halves ?? values;
    parts.push(new Uint8Array(buffer, byteOffset, byteLength));
    specs.push({
      name,
      shape,
      dtype: dtype,
      ...(halves && { quantization: { dtype: 'float16' } }),
    });
  }
  const bytes = Buffer.concat(parts);
  const shards = Math.max(1, Math.ceil(bytes.length / shardBytes));
  const paths = Array.from({ length: shards }, (_, i) => `group1-shard${i + 1}of${shards}.bin`);
  for (const [i, path] of paths.entries())
    await writeFile(join(folder, path), bytes.subarray(i * shardBytes, (i + 1) * shardBytes));
  const json = {
    format: 'layers-model',
    generatedBy: `Foldwise, TensorFlow.js ${tf.version_core}`,
    convertedBy: null,
    modelTopology: model.toJSON(null, false),
    userDefinedMetadata: metadata,
    weightsManifest: [{ paths, weights: specs }],
  };
  await writeFile(join(folder, 'model.json'), `${JSON.stringify(json)}\n`);
}

/** By the names that they get where the model is built anew from its topology: each layer is applied then, not built. */
export function namedWeights(
  model: tf.LayersModel,
): { name: string; weight: tf.LayerVariable; isOutput: boolean }[] {
  const names = new Set<string>();
  return model.layers.flatMap((layer) =>
    layer.weights.map((weight) => {
      const prefix = `${layer.name}/`;
      const { originalName } = weight;
      const name = originalName.startsWith(prefix) ? originalName : `${prefix}${originalName}`;
      if (names.has(name)) throw new Error(`Two weights of the model are called ${name}.`);
      names.add(name);
      return { name, weight, isOutput: layer.name === 'output' };
    }),
  );
}
