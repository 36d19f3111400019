/** What every pooling head must do, as checks that tests run on each of them; no part of the package's interface. */
import assert from 'node:assert/strict';
import { compile, tf } from '@foldwise/tensorflow';
import { createRandom } from './create-random.ts';

export interface HeadSubject {
  /** A new layer, as the registry makes it. */
  create: () => tf.layers.Layer;
  /**
   * The head in plain JavaScript, for one text without padding: [tokens][hidden] to [features]. `weights` are the
   * layer's, each flat.
   */
  reference: (tokens: number[][], weights: number[][]) => number[];
}

const hidden = 4;
const random = createRandom(11);
const row = () => Array.from({ length: hidden }, random);
/** One text of one token, and one whose features are all negative, as zeros would win a maximum. */
const texts = [5, 1, 3].map((tokens) => Array.from({ length: tokens }, row));
texts.push(Array.from({ length: 2 }, () => row().map((x) => -Math.abs(x) - 0.5)));

interface Context extends HeadSubject {
  /** Built, with random weights. */
  layer: tf.layers.Layer;
}

/** Hidden states and mask of a batch, padded to `length` with states of `filler`. */
function batch(of: number[][][], length: number, filler = 0): [tf.Tensor, tf.Tensor] {
  const padded = of.map((tokens) =>
    Array.from({ length }, (_, i) => tokens[i] ?? new Array<number>(hidden).fill(filler)),
  );
  const mask = of.map((tokens) => Array.from({ length }, (_, i) => (i < tokens.length ? 1 : 0)));
  return [tf.tensor3d(padded), tf.tensor2d(mask, undefined, 'int32')];
}

const outputs = (layer: tf.layers.Layer, inputs: tf.Tensor[]) =>
  (layer.apply(inputs) as tf.Tensor).arraySync() as number[][];

function assertClose(actual: number[][], expected: number[][], tolerance = 1e-6): void {
  assert.deepEqual([actual.length, actual[0]!.length], [expected.length, expected[0]!.length], 'shape');
  actual.forEach((features, text) =>
    features.forEach((value, i) => {
      const off = Math.abs(value - expected[text]![i]!) / Math.max(1, Math.abs(expected[text]![i]!));
      assert(off <= tolerance, `text ${text}, feature ${i}: ${value}, expected ${expected[text]![i]}`);
    }),
  );
}

function randomize(layer: tf.layers.Layer): void {
  const random = createRandom(23);
  for (const weight of layer.weights) {
    const { size, shape } = weight.read();
    weight.write(tf.tensor(Array.from({ length: size }, random), shape));
  }
}

const checks: Record<string, (context: Context) => void> = {
  reference: ({ layer, reference }) => {
    const weights = layer.weights.map((weight) => Array.from(weight.read().dataSync()));
    const expected = texts.map((tokens) => reference(tokens, weights));
    assertClose(outputs(layer, batch(texts, 5)), expected);
  },

  padding: ({ layer }) => {
    const expected = outputs(layer, batch(texts, 5));
    for (const filler of [0, 1e6, -1e6]) assertClose(outputs(layer, batch(texts, 9, filler)), expected);
  },

  'batch of one': ({ layer }) => {
    const together = outputs(layer, batch(texts, 5));
    const alone = texts.map((tokens) => outputs(layer, batch([tokens], tokens.length))[0]!);
    assertClose(alone, together);
  },

  'gradient of padding': ({ layer }) => {
    const [states, mask] = batch(texts, 7, 2);
    const pooled = (states: tf.Tensor) => layer.apply([states, mask]) as tf.Tensor;
    const { size, shape } = pooled(states);
    const slopes = tf.tensor(Array.from({ length: size }, random), shape);
    const gradient = tf.grad(pooled)(states, slopes).arraySync() as number[][][];
    gradient.forEach((tokens, text) => {
      const isSet = (token: number[]) => token.some((x) => x !== 0);
      const own = texts[text]!.length;
      assert(tokens.slice(0, own).some(isSet), `no token of text ${text} gets one`);
      assert(!tokens.slice(own).some(isSet), `padding of text ${text} gets one`);
    });
  },

  'output shape': ({ layer }) => {
    const inputs = batch(texts, 5);
    const shape = (layer.apply(inputs) as tf.Tensor).shape;
    assert.deepEqual(layer.computeOutputShape(inputs.map((input) => input.shape)), shape);
    assert.deepEqual(layer.computeOutputShape([[null, null, hidden], [null, null]]), [null, shape[1]]); // prettier-ignore
  },

  serialization: ({ layer }) => {
    const inputs = batch(texts, 5);
    const constructor = layer.constructor as tf.serialization.SerializableConstructor<tf.layers.Layer>;
    const config = JSON.parse(JSON.stringify(layer.getConfig())) as tf.serialization.ConfigDict;
    const registered = tf.serialization.SerializationMap.getMap().classNameMap[layer.getClassName()]?.[0];
    assert.equal(registered, constructor, `${layer.getClassName()} is not registered with tf.serialization`);
    const copy = constructor.fromConfig(constructor, config);
    assert.deepEqual(copy.getConfig(), layer.getConfig());
    copy.apply(inputs);
    copy.setWeights(layer.getWeights());
    assertClose(outputs(copy, inputs), outputs(layer, inputs), 0);
    copy.dispose();
  },

  compiled: ({ layer }) => {
    const inputs = batch(texts, 5);
    const compiled = compile(
      (states: tf.Tensor, mask: tf.Tensor) => layer.apply([states, mask]) as tf.Tensor,
    );
    assertClose(compiled(...inputs).arraySync() as number[][], outputs(layer, inputs));
    compiled.dispose();
  },

  training: ({ layer }) => {
    const inputs = batch(texts, 5);
    const dense = tf.layers.dense({ units: 1, kernelInitializer: 'ones' });
    const truth = tf.tensor2d([[1], [-1], [2], [0]]);
    const loss = () => {
      const predicted = dense.apply(layer.apply(inputs) as tf.Tensor) as tf.Tensor;
      return predicted.sub(truth).square().mean() as tf.Scalar;
    };
    dense.apply(layer.apply(inputs) as tf.Tensor);
    const variables = [...layer.trainableWeights, ...dense.trainableWeights].map(
      (weight) => weight.read() as tf.Variable,
    );
    const { value, grads } = tf.variableGrads(loss, variables);
    for (const variable of variables) {
      const gradient = grads[variable.name]!;
      assert(gradient.abs().sum().dataSync()[0]! > 0, `${variable.name} gets no gradient`);
      variable.assign(variable.sub(gradient.mul(0.01)));
    }
    const [before, after] = [value.dataSync()[0]!, loss().dataSync()[0]!];
    assert(after < before, `a step takes the loss from ${before} to ${after}`);
    dense.dispose();
  },
};

/** Not in the tidy of the others, which would hide what is left behind. */
function checkMemory({ layer }: Context): void {
  const inputs = batch(texts, 5);
  const before = tf.memory().numTensors;
  tf.dispose(layer.apply(inputs) as tf.Tensor);
  const left = tf.memory().numTensors - before;
  tf.dispose(inputs);
  assert.equal(left, 0, `a call leaves ${left} tensors behind`);
}

/** Runs all checks on a head. The answer is one line a fault, opening with the check's name; none if all is well. */
export function checkHead(subject: HeadSubject): string[] {
  const layer = subject.create();
  tf.tidy(() => {
    layer.apply(batch(texts, 5));
    randomize(layer);
  });
  const faults: string[] = [];
  const run = (name: string, check: () => void) => {
    try {
      check();
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
    }
  };
  const context = { ...subject, layer };
  for (const [name, check] of Object.entries(checks)) run(name, () => tf.tidy(() => check(context)));
  run('memory', () => checkMemory(context));
  layer.dispose();
  return faults;
}
