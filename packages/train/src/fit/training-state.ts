/** The tensors that a training is made of, as they are kept after an epoch and put back by another process. */
import type { SafeTensor, TensorToWrite } from '@foldwise/encoders';
import { tf } from '@foldwise/tensorflow';
import { withValues } from '@foldwise/tensorflow/memory';
import type { KeptEpochs } from './epoch-store.ts';
import type { TrainStep } from './train-step.ts';
import { weightSnapshot } from './weight-snapshot.ts';

type Kept = ReadonlyMap<string, SafeTensor>;
type ToWrite = Map<string, TensorToWrite>;

export interface TrainingState {
  weights: () => ToWrite;
  moments: () => Promise<ToWrite>;
  /**
   * Puts kept weights and moments back. What comes back puts the best epoch's weights into the model, where that is
   * not the last one.
   *
   * @throws where names or shapes are not this training's, which is as it was then
   */
  put: (kept: KeptEpochs) => Promise<(() => void) | undefined>;
}

export function trainingState(
  model: tf.LayersModel,
  { optimizer }: Pick<TrainStep, 'optimizer'>,
): TrainingState {
  // Layers are named differently from model to model of one process, but their order is the same.
  const weights: Places = new Map(
    model.weights.map((weight, i) => [
      `${i}.${weight.originalName.split('/').at(-1)}`,
      { read: () => weight.read(), write: (value) => weight.write(value) },
    ]),
  );
  return {
    weights: () => toWrite(weights),
    moments: async () => toWrite(await momentsOf(optimizer)),
    put: async ({ progress, weights: last, moments: kept, best }) => {
      check(weights, last);
      if (best) check(weights, best);
      if (kept) {
        const moments = await momentsOf(optimizer);
        check(moments, kept);
        const tensors = Array.from(moments.keys(), (name) => ({ name, tensor: tensorOf(kept.get(name)!) }));
        await optimizer.setWeights(tensors);
        tf.dispose(tensors.map(({ tensor }) => tensor));
      }
      write(weights, last);
      return best ? () => write(weights, best) : progress.best && weightSnapshot(model);
    },
  };
}

type Read = ReadonlyMap<string, { read: () => tf.Tensor }>;
type Places = ReadonlyMap<string, { read: () => tf.Tensor; write: (value: tf.Tensor) => void }>;

/** The optimizer's state, by names that are the same in every process. */
async function momentsOf(optimizer: TrainStep['optimizer']): Promise<Read> {
  const [steps, ...moments] = await optimizer.getWeights();
  const half = moments.length / 2;
  const name = (i: number) => (i < half ? `mean.${i}` : `square.${i - half}`);
  return new Map([
    ['steps', { read: () => steps!.tensor }],
    ...moments.map(({ tensor }, i) => [name(i), { read: () => tensor }] as const),
  ]);
}

function toWrite(places: Read): ToWrite {
  const entries = Array.from(places, ([name, { read }]) => {
    const data: TensorToWrite['data'] = (write) => withValues(read(), write);
    return [name, { shape: read().shape, data }] as const;
  });
  return new Map(entries);
}

function check(places: Read, kept: Kept): void {
  const shapes = (of: Iterable<readonly [string, { shape: readonly number[] }]>): string =>
    JSON.stringify(Array.from(of, ([name, { shape }]) => [name, shape]).sort());
  const here = Array.from(places, ([name, { read }]) => [name, read()] as const);
  if (shapes(here) !== shapes(kept)) throw new Error('its tensors are of another model or engine');
}

function write(places: Places, kept: Kept): void {
  tf.tidy(() => {
    for (const [name, tensor] of kept) places.get(name)!.write(tensorOf(tensor));
  });
}

function tensorOf({ shape, data }: SafeTensor): tf.Tensor {
  return tf.tensor(data as Float32Array, shape);
}
