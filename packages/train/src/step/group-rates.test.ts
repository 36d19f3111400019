import { startEngine, parameterOf, variableOf } from '@foldwise/tensorflow';
import { Batches } from '@foldwise/tokens';
import { beforeAll, expect, it } from 'vitest';
import { labelledBatch } from '../batches/labelled-batch.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import { groupSettings } from './parameter-settings.ts';
import { trainStep } from './train-step.ts';

beforeAll(async () => {
  await startEngine();
});

it('moves each group by its own rate', async () => {
  const { model, output } = await tinyModel('binary', 1);
  const lr = 0.01;
  const parameter = groupSettings({ lr, headLr: 0.05, layerDecay: 0.5 }, 2);
  const step = trainStep({ model, output, weightDecay: 0, clipNorm: 1, seed: 0, parameter });
  const values = () => model.weights.map((weight) => weight.read().dataSync() as Float32Array);
  const before = values();
  const encodings = [[2, 7, 9, 3], [2, 11, 3]].map((ids, row) => ({ ids: Int32Array.from(ids), row })); // prettier-ignore
  const plan = { entries: Int32Array.of(0, 1), size: 2, length: 4 };
  const batch = labelledBatch(new Batches(encodings, [plan], 0).at(0), [Float64Array.of(1, 0)]);
  await step.run(batch, 0, lr);
  const moved = new Map<string, number>();
  values().forEach((after, i) => {
    const { group, depth } = parameterOf(variableOf(model.weights[i]!));
    const key = depth === undefined ? group : `${group} ${depth}`;
    const most = after.reduce((most, value, j) => Math.max(most, Math.abs(value - before[i]![j]!)), 0);
    moved.set(key, Math.max(moved.get(key) ?? 0, most));
  });
  // Adam's first step moves every weight by its rate, whatever the gradient, but for epsilon (Kingma & Ba 2015, 2.1).
  const rates = { 'encoder 0': lr / 4, 'encoder 1': lr / 2, 'encoder 2': lr, head: 0.05 };
  expect([...moved.keys()].sort()).toEqual(Object.keys(rates));
  for (const [key, rate] of Object.entries(rates)) expect(moved.get(key)! / rate).toBeCloseTo(1, 3);
  step.dispose();
});
