import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { AdamW } from '../optimizers/adam-w.ts';
import { tf } from '../tf.ts';
import { compileModel } from './compile-model.ts';

beforeAll(async () => {
  tf.env().set('PROD', true); // or the backend "cpu" advises on the console to take another one
  await startEngine({ engine: 'tensorflow' });
});

beforeEach(async () => {
  await tf.setBackend('tensorflow');
});

const uniform = (seed: number) => tf.initializers.randomUniform({ minval: -0.3, maxval: 0.3, seed });

/** 8 by 8 pixels, of three classes. */
function convolutional(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 4, kernelSize: 3, activation: 'relu', kernelInitializer: uniform(1) }), // prettier-ignore
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.batchNormalization(),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: uniform(2) }),
    ],
  });
}

/** Of six tokens, out of 20. */
function recurrent(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 20, outputDim: 5, inputLength: 6, embeddingsInitializer: uniform(3) }),
      tf.layers.lstm({ units: 4, kernelInitializer: uniform(4), recurrentInitializer: uniform(5) }),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: uniform(6) }),
    ],
  });
}

const rows = 22; // the last batch is smaller
const data = {
  convolutional: () => tf.tensor(Float32Array.from({ length: rows * 64 }, (_, i) => Math.sin(i * i)), [rows, 8, 8, 1]),
  recurrent: () => tf.tensor2d(Int32Array.from({ length: rows * 6 }, (_, i) => (i * 7 + (i % 11)) % 20), [rows, 6], 'int32'),
}; // prettier-ignore
const labels = () => tf.oneHot(Array.from({ length: rows }, (_, i) => (i * i) % 3), 3).toFloat(); // prettier-ignore

/** All that `fit`, `evaluate` and `predict` say of a model, trained from the same weights on the same batches. */
async function run(kind: keyof typeof data, backend: string, compiled: boolean) {
  await tf.setBackend(backend);
  const model = kind === 'convolutional' ? convolutional() : recurrent();
  const made = compiled ? compileModel(model) : undefined;
  const optimizer = new AdamW({ learningRate: 0.002, weightDecay: 0.1 });
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const [x, y] = [data[kind](), labels()];
  const rates: number[] = [];
  const { history } = await model.fit(x, y, {
    epochs: 4,
    batchSize: 8,
    shuffle: false,
    validationData: [x, y],
    callbacks: {
      onEpochBegin: (epoch) => {
        rates.push((optimizer.learningRate = 0.002 / (1 + epoch)));
        return Promise.resolve();
      },
    },
  });
  const [loss] = model.evaluate(x, y, { batchSize: 8 }) as tf.Scalar[];
  const predicted = model.predict(x, { batchSize: 8 }) as tf.Tensor;
  const said = { history, loss: loss!.dataSync()[0]!, predicted: Array.from(predicted.dataSync()) };
  made?.dispose();
  tf.dispose([x, y, loss!, predicted]);
  return said;
}

describe('compileModel', () => {
  it.each(['convolutional', 'recurrent'] as const)(
    'fits, evaluates and predicts as TensorFlow.js does on its plain backend, with AdamW: %s',
    async (kind) => {
      const expected = await run(kind, 'cpu', false);
      const actual = await run(kind, 'tensorflow', true);
      expect(Object.keys(actual.history)).toEqual(Object.keys(expected.history));
      for (const [name, values] of Object.entries(expected.history))
        values.forEach((value, i) =>
          expect(actual.history[name]![i], `${name} ${i}`).toBeCloseTo(value as number, 4),
        );
      expect(actual.loss).toBeCloseTo(expected.loss, 4);
      actual.predicted.forEach((value, i) => expect(value).toBeCloseTo(expected.predicted[i]!, 4));
    },
  );

  const small = () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones' })] }); // prettier-ignore
    const [x, y] = [tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[1], [2]])]; // prettier-ignore
    return { model, x, y };
  };

  it('runs each batch as one operation, and traces a shape once', async () => {
    const { model, x, y } = small();
    let traces = 0;
    compileModel(model, { onTrace: () => traces++ });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await model.fit(x, y, { epochs: 3, batchSize: 2, shuffle: false });
    expect(traces).toBe(1);
    // Without the place that `fit` has for weights of the rows.
    for (let i = 0; i < 3; i++) await model.trainOnBatch(x, y);
    expect(traces).toBe(2);
  });

  it('takes another loss and optimizer after model.compile', async () => {
    const { model, x, y } = small();
    compileModel(model);
    model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
    // (1 + 2 - 1)² and (3 + 4 - 2)², of which the mean is 14.5; absolutely 3.5.
    expect(await model.trainOnBatch(x, y)).toBeCloseTo(14.5);
    model.compile({ optimizer: tf.train.sgd(0), loss: 'meanAbsoluteError' });
    expect(await model.trainOnBatch(x, y)).toBeCloseTo(3.5);
  });

  it('gives the model its own functions back, and frees what it made', async () => {
    const { model, x, y } = small();
    model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
    await model.trainOnBatch(x, y);
    const before = tf.memory().numTensors;
    const made = compileModel(model);
    await model.trainOnBatch(x, y);
    tf.dispose(model.predict(x));
    made.dispose();
    expect(await model.trainOnBatch(x, y)).toBeCloseTo(14.5);
    expect(tf.memory().numTensors).toBe(before);
  });
});
