/** What must hold of a head on a whole encoder, as checks by name. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, tf } from '@foldwise/tensorflow';

/** Token ids of the tiny vocabulary; both encoders know them. */
const texts = [
  [2, 17, 45, 8, 91, 3],
  [2, 60, 3],
  [2, 33, 33, 70, 3],
];

/** Ids and mask, padded to `length` with `filler`. */
function batch(of: number[][], length: number, filler = 0): [tf.Tensor, tf.Tensor] {
  const pad = (row: number[], value: number) => Array.from({ length }, (_, i) => row[i] ?? value);
  const ids = of.map((text) => pad(text, filler));
  const mask = of.map((text) => pad(text.map(() => 1), 0)); // prettier-ignore
  return [tf.tensor2d(ids, undefined, 'int32'), tf.tensor2d(mask, undefined, 'int32')];
}

const outputs = (model: tf.LayersModel, inputs: tf.Tensor[]) =>
  tf.tidy(() => (model.apply(inputs) as tf.Tensor).arraySync() as number[][]);

/** Sums of hundreds of terms in another order are off by more than one rounding. */
function assertClose(actual: number[][], expected: number[][], tolerance = 2e-5): void {
  assert.deepEqual([actual.length, actual[0]!.length], [expected.length, expected[0]!.length], 'shape');
  const scale = Math.max(1, ...expected.flat().map(Math.abs));
  actual.forEach((row, text) =>
    row.forEach((value, i) =>
      assert(
        Math.abs(value - expected[text]![i]!) <= tolerance * scale,
        `text ${text}, feature ${i}: ${value}, expected ${expected[text]![i]}`,
      ),
    ),
  );
}

type Check = (model: tf.LayersModel) => void | Promise<void>;

const padding: Check = (model) => {
  const short = outputs(model, batch(texts, 6));
  for (const filler of [0, 50]) assertClose(outputs(model, batch(texts, 11, filler)), short);
};

const batchOfOne: Check = (model) => {
  const alone = texts.map((text) => outputs(model, batch([text], text.length))[0]!);
  assertClose(alone, outputs(model, batch(texts, 6)));
};

const compiled: Check = (model) => {
  const inputs = batch(texts, 6);
  const forward = compile((ids: tf.Tensor, mask: tf.Tensor) => model.apply([ids, mask]) as tf.Tensor);
  assertClose(forward(...inputs).arraySync() as number[][], outputs(model, inputs));
  forward.dispose();
};

/** A small step of all weights but the table of words, which is taken back. */
const training: Check = (model) => {
  const weights = model.trainableWeights.filter((weight) => !weight.originalName.includes('embedding'));
  const variables = weights
    .map((weight) => weight.read())
    .filter((value): value is tf.Variable => value instanceof tf.Variable);
  const inputs = batch(texts, 7);
  const loss = () => {
    const features = model.apply(inputs) as tf.Tensor2D;
    const slopes = tf.linspace(-1, 2, features.shape[1]);
    return features.mul(slopes).mean(1).sub([1, -1, 0.5]).square().mean<tf.Scalar>();
  };
  const { value, grads } = tf.variableGrads(loss, variables);
  const gradients = variables.map((variable, i) => {
    assert(grads[variable.name], `${weights[i]!.originalName} gets no gradient`);
    return grads[variable.name]!;
  });
  const norm = Math.sqrt(tf.addN(gradients.map((g) => g.square().sum())).dataSync()[0]!);
  const before = variables.map((variable) => variable.clone());
  variables.forEach((variable, i) => variable.assign(variable.sub(gradients[i]!.mul(0.01 / norm))));
  const [first, second] = [value.dataSync()[0]!, loss().dataSync()[0]!];
  variables.forEach((variable, i) => variable.assign(before[i]!));
  assert(second < first, `a step takes the loss from ${first} to ${second}`);
};

const saving: Check = async (model) => {
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-head-'));
  try {
    await model.save(`file://${folder}`);
    const loaded = await tf.loadLayersModel(`file://${join(folder, 'model.json')}`);
    const inputs = batch(texts, 6);
    assertClose(outputs(loaded, inputs), outputs(model, inputs), 0);
    tf.dispose([inputs, loaded.weights.map((weight) => weight.read())]);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const checks: Readonly<Record<string, Check>> = { padding, 'batch of one': batchOfOne, compiled, training };

/** The checks above, saving and memory. */
export const checkCount = Object.keys(checks).length + 2;

function assertNoneLeft(what: string, before: number): void {
  assert.equal(tf.memory().numTensors, before, `${what} leaves tensors behind`);
}

/** `passed` and `faults`, one line a fault that opens with the check's name. Leaves the weights as they were. */
export async function checkOnEncoder(model: tf.LayersModel): Promise<{ passed: number; faults: string[] }> {
  const faults: string[] = [];
  let passed = 0;
  const run = async (name: string, check: () => void | Promise<void>) => {
    try {
      await check();
      passed++;
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
    }
  };
  const before = tf.memory().numTensors;
  for (const [name, check] of Object.entries(checks)) await run(name, () => tf.tidy(() => void check(model)));
  await run('saving', () => saving(model));
  await run('memory', () => {
    assertNoneLeft('saving and loading', before);
    const inputs = batch(texts, 6);
    tf.dispose(model.apply(inputs) as tf.Tensor);
    tf.dispose(inputs);
    assertNoneLeft('a call', before);
  });
  return { passed, faults };
}
