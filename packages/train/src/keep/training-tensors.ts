/** The tensors that a training is made of, as they are kept and put back by another process. */
import type { SafeTensor, TensorToWrite } from '@foldwise/encoders';
import { tf } from '@foldwise/tensorflow';
import { withValues } from '@foldwise/tensorflow/memory';
import { weightSnapshot } from '../model/weight-snapshot.ts';
import type { TrainStep } from '../step/train-step.ts';
import type { KeptTraining } from './training-store.ts';
import { UnusableTraining } from './unusable.ts';

type Kept = ReadonlyMap<string, SafeTensor>;
type ToWrite = Map<string, TensorToWrite>;

export interface TrainingTensors {
  weights: () => ToWrite;
  moments: () => Promise<ToWrite>;
  /**
   * Puts kept weights and moments back, all of them or none. What comes back puts the best epoch's weights into the
   * model, where that is not the last one.
   *
   * @throws UnusableTraining where they are not this training's, Error where they cannot be written; weights and moments
   * are as they were then, unless the message says otherwise
   */
  put: (kept: KeptTraining) => Promise<(() => void) | undefined>;
}

export function trainingTensors(
  model: tf.LayersModel,
  { optimizer }: Pick<TrainStep, 'optimizer'>,
): TrainingTensors {
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
    put: async ({ state: { best: chosen }, weights: last, moments: kept, best }) => {
      const moments = await momentsOf(optimizer);
      check('weights', weights, last);
      if (best) check('weights of the best epoch', weights, best);
      if (kept) check("optimizer's state", moments, kept);
      return allOrNothing([weights, moments], async (owned) => {
        // All of them first: they need memory, of which there may be too little; what follows only hands them over.
        const tensors = Array.from(last, ([name, tensor]) => [name, owned(tensorOf(tensor))] as const);
        const slots =
          kept && Array.from(moments.keys(), (name) => ({ name, tensor: owned(tensorOf(kept.get(name)!)) }));
        if (slots) await optimizer.setWeights(slots);
        for (const [name, tensor] of tensors) weights.get(name)!.write(tensor);
        return best ? () => write(weights, best) : chosen && (await weightSnapshot(model));
      });
    },
  };
}

type Places = ReadonlyMap<string, { read: () => tf.Tensor; write: (value: tf.Tensor) => void }>;

/** The optimizer's state, by names that are the same in every process. */
async function momentsOf(optimizer: TrainStep['optimizer']): Promise<Places> {
  const [steps, ...moments] = await optimizer.getWeights();
  const half = moments.length / 2;
  const name = (i: number) => (i < half ? `mean.${i}` : `square.${i - half}`);
  return new Map([
    ['steps', placeOf(steps!.tensor)],
    ...moments.map(({ tensor }, i) => [name(i), placeOf(tensor)] as const),
  ]);
}

const placeOf = (variable: tf.Tensor) => ({
  read: () => variable,
  write: (value: tf.Tensor) => (variable as tf.Variable).assign(value),
});

function toWrite(places: Places): ToWrite {
  const entries = Array.from(places, ([name, { read }]) => {
    const data: TensorToWrite['data'] = (write) => withValues(read(), write);
    return [name, { shape: read().shape, data }] as const;
  });
  return new Map(entries);
}

/** Each name, shape and dtype of what is kept must be the one that is here, and the elements as many as its shape says. */
function check(what: string, places: Places, kept: Kept): void {
  const fail = (name: string, why: string) =>
    new UnusableTraining(`its ${what} are of another model or optimizer: the tensor "${name}" ${why}`);
  for (const name of kept.keys()) if (!places.has(name)) throw fail(name, 'is not in this one');
  for (const [name, { read }] of places) {
    const tensor = kept.get(name);
    if (!tensor) throw fail(name, 'is missing');
    const { shape, dtype, size } = read();
    const expected = `[${shape}] of ${dtype}`;
    const got = `[${tensor.shape}] of ${tensor.data instanceof Float32Array ? 'float32' : tensor.dtype}`;
    if (got !== expected) throw fail(name, `is ${got}, expected ${expected}`);
    if (tensor.data.length !== size) throw fail(name, `has ${tensor.data.length} elements, expected ${size}`);
  }
}

/**
 * What `change` makes; where it throws, all places are as they were. Tensors that it calls `owned` are freed afterwards.
 * @throws what `change` throws; or, where the places could not be put back, an Error that says so
 */
async function allOrNothing<R>(
  all: readonly Places[],
  change: (owned: (tensor: tf.Tensor) => tf.Tensor) => Promise<R>,
): Promise<R> {
  const temporary: tf.Tensor[] = [];
  const owned = (tensor: tf.Tensor): tf.Tensor => {
    temporary.push(tensor);
    return tensor;
  };
  const before = all.flatMap((places) =>
    Array.from(places.values(), (place) => ({
      place,
      data: place.read().dataId,
      value: owned(place.read().clone()),
    })),
  );
  try {
    return await change(owned);
  } catch (error) {
    try {
      // Only what was written: what refused to be may refuse again.
      for (const { place, data, value } of before) if (place.read().dataId !== data) place.write(value);
    } catch (again) {
      throw new Error(
        `${(error as Error).message}; and what was there before could not be put back: ${(again as Error).message}; the model holds a mixture, and must not be used`,
        { cause: error },
      );
    }
    throw error;
  } finally {
    tf.dispose(temporary);
  }
}

function write(places: Places, kept: Kept): void {
  tf.tidy(() => {
    for (const [name, tensor] of kept) places.get(name)!.write(tensorOf(tensor));
  });
}

function tensorOf({ shape, data }: SafeTensor): tf.Tensor {
  return tf.tensor(data as Float32Array, shape);
}
