import { readFileSync } from 'node:fs';
import { linearOutput, type OutputSettings, type OutputTask } from '@foldwise/heads';
import { startEngine, tf, withKernels } from '@foldwise/tensorflow';
import { Batches } from '@foldwise/tokens';
import { beforeAll, describe, expect, it } from 'vitest';
import { labelledBatch, type LabelledBatch } from '../batches/labelled-batch.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import { trainStep } from './train-step.ts';

interface Training {
  task: OutputTask;
  columns: number;
  length: number;
  kernel: number[][];
  bias: number[];
  tokens: number[][];
  labels: number[][];
  rates: number[];
  losses: number[];
  after: { words: Record<string, number[]>; gamma: number[]; kernel: number[][]; bias: number[] };
}
const trainings = JSON.parse(
  readFileSync(new URL('../../fixtures/training.json', import.meta.url), 'utf8'),
) as Training[];
const [, binary] = trainings;

function batchOf({ tokens, labels, length }: Training, size = tokens.length, total?: number): LabelledBatch {
  const encodings = tokens.map((ids, row) => ({ ids: Int32Array.from(ids), row }));
  const plan = { entries: Int32Array.from(tokens.keys()), size, length, total };
  return labelledBatch(new Batches(encodings, [plan], 0).at(0), [Float64Array.from(labels.flat())]);
}

/** The same without padding between the texts, but with some behind them. */
function unpaddedBatchOf(training: Training, size = training.tokens.length): LabelledBatch {
  return batchOf(training, size, training.tokens.flat().length + size + 3);
}

/** Trains on one batch over and over; the losses, the model's last weights by name, and what is left behind. */
async function train(
  training: Training,
  { batch = batchOf(training), seed = 0, dropout = 0, kernels = true, xla = false } = {},
) {
  const { task, columns, rates } = training;
  const { model, output } = await tinyModel(task, columns, { ...training, dropout });
  const before = tf.memory().numTensors;
  const step = trainStep({ model, output, weightDecay: 0.1, clipNorm: 1, seed, xla });
  const losses: number[] = [];
  for (const [i, rate] of rates.entries()) {
    let loss: Promise<number>;
    withKernels(kernels, () => void (loss = step.run(batch, i, rate)));
    losses.push(await loss!);
  }
  step.dispose();
  const left = tf.memory().numTensors - before;
  const weights = new Map(
    model.weights.map((weight) => [weight.originalName, Array.from(weight.read().dataSync())]),
  );
  tf.dispose(model.weights.map((weight) => weight.read()));
  return { losses, weights, left };
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance));
}

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

describe('trainStep', () => {
  it.each(trainings.flatMap((training) => [false, true].map((unpadded) => ({ ...training, unpadded }))))(
    "goes PyTorch's way over five steps: $task, unpadded: $unpadded",
    async ({ unpadded, ...training }) => {
      const batch = unpadded ? unpaddedBatchOf(training) : batchOf(training);
      const { losses, weights, left } = await train(training, { batch });
      expectClose(losses, training.losses, 1e-4);
      const { words, gamma, kernel, bias } = training.after;
      const table = weights.get('embeddings/word_embeddings')!;
      for (const [id, row] of Object.entries(words))
        expectClose(table.slice(Number(id) * 32, (Number(id) + 1) * 32), row, 1e-4);
      expectClose(weights.get('embeddings/norm_gamma')!, gamma, 1e-4);
      expectClose(weights.get('output/kernel')!, kernel.flat(), 1e-4);
      expectClose(weights.get('output/bias')!, bias, 1e-4);
      expect(left).toBe(0);
    },
  );

  it('repeats itself to the bit for a seed, and goes another way for others', async () => {
    const first = await train(binary!, { seed: 1, dropout: 0.3 });
    const again = await train(binary!, { seed: 1, dropout: 0.3 });
    expect(again.losses).toEqual(first.losses);
    expect(again.weights).toEqual(first.weights);
    const other = await train(binary!, { seed: 2, dropout: 0.3 });
    other.losses.forEach((loss, i) => expect(loss).not.toBe(first.losses[i]));
    // The first rate is 0: only the masks of the two steps tell their losses apart.
    expect(first.losses[0]).not.toBe(first.losses[1]);
  });

  it('goes the same way by XLA as by plain operations, with dropout', async () => {
    const plain = await train(binary!, { seed: 1, dropout: 0.3, kernels: false });
    const xla = await train(binary!, { seed: 1, dropout: 0.3, xla: true });
    expectClose(xla.losses, plain.losses, 1e-4);
    expect(new Set(plain.losses).size).toBe(plain.losses.length);
    expect(xla.left).toBe(0);
  });

  it.each([
    ['padded', batchOf(binary!, 8)],
    ['unpadded', unpaddedBatchOf(binary!, 8)],
  ])('learns the same from a batch that is filled up: %s', async (_, batch) => {
    const alone = await train(binary!);
    const filled = await train(binary!, { batch });
    expectClose(filled.losses, alone.losses, 1e-5);
    for (const name of ['embeddings/norm_gamma', 'output/kernel', 'output/bias'])
      expectClose(filled.weights.get(name)!, alone.weights.get(name)!, 1e-4);
  });

  it('takes the mean of the losses of several samples of dropout', async () => {
    const lossOf = async (settings: OutputSettings, seed: number) => {
      const { model, output } = await tinyModel('binary', 1, { ...binary, settings });
      const step = trainStep({ model, output, weightDecay: 0, clipNorm: 1, seed });
      const loss = await step.run(batchOf(binary!, 8), 0, 0);
      step.dispose();
      tf.dispose(model.weights.map((weight) => weight.read()));
      return loss;
    };
    const settings = (samples: number) => ({ ...linearOutput, dropout: 0.3, samples });
    const deviation = (losses: number[]) => {
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      return Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / losses.length);
    };
    const seeds = Array.from({ length: 16 }, (_, seed) => seed);
    const single: number[] = [];
    const several: number[] = [];
    for (const seed of seeds) {
      single.push(await lossOf(settings(1), seed));
      several.push(await lossOf(settings(16), seed));
    }
    const [one, many] = [deviation(single), deviation(several)];
    // The mean of 16 independent losses deviates a fourth as much; 16 seeds tell that within a third or so.
    expect(many / one).toBeGreaterThan(0.1);
    expect(many / one).toBeLessThan(0.5);
  });

  it('compiles once for a shape, whatever the step and the rate', async () => {
    const { model, output } = await tinyModel('binary', 1);
    const traced: string[] = [];
    const step = trainStep({
      model,
      output,
      weightDecay: 0,
      clipNorm: 1,
      seed: 0,
      onTrace: ({ signature }) => traced.push(signature),
    });
    for (const [i, size] of [5, 5, 6, 5].entries()) await step.run(batchOf(binary!, size), i, 0.1 / (i + 1));
    step.dispose();
    expect(traced).toHaveLength(2);
    tf.dispose(model.weights.map((weight) => weight.read()));
  });
});
