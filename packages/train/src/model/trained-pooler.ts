/** The checkpoint's pooler where a model's head trained it, so that it can go back into the checkpoint. */
import type { PoolerWeights } from '@foldwise/encoders';
import { Pooler } from '@foldwise/heads';
import type { tf } from '@foldwise/tensorflow';

/** Undefined where the head has no pooler, or several, of which none is the checkpoint's more than the others. */
export async function trainedPooler(model: tf.LayersModel): Promise<PoolerWeights | undefined> {
  const poolers = model.layers.filter((layer) => layer instanceof Pooler);
  if (poolers.length !== 1) return undefined;
  const [kernel, bias] = await Promise.all(
    poolers[0]!.weights.map((weight) => weight.read().data() as Promise<Float32Array>),
  );
  return { kernel: kernel!, bias: bias! };
}
