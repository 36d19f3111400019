/** Times `model.fit` of a small stock model in one way, and prints one JSON line. */
import { parseArgs } from 'node:util';
import { compile, compileModel, startEngine, tf } from '@foldwise/tensorflow';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'mlp' },
    way: { type: 'string', default: 'compiled' },
    threads: { type: 'string', default: '2' },
  },
});

const init = (seed: number) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
const { conv2d, dense, embedding, flatten, lstm, maxPooling2d } = tf.layers;

/** Layers, the shape of a row, and how many rows; batches are of 32, of 10 classes. */
const models = {
  mlp: {
    layers: () => [
      dense({ units: 128, activation: 'relu', inputShape: [64], ...init(1) }),
      dense({ units: 128, activation: 'relu', ...init(2) }),
      dense({ units: 10, activation: 'softmax', ...init(3) }),
    ],
    row: [64],
    rows: 4096,
  },
  cnn: {
    layers: () => [
      conv2d({ filters: 16, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1], ...init(1) }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 32, kernelSize: 3, activation: 'relu', ...init(2) }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 10, activation: 'softmax', ...init(3) }),
    ],
    row: [28, 28, 1],
    rows: 1024,
  },
  lstm: {
    layers: () => [
      embedding({ inputDim: 1000, outputDim: 32, inputLength: 20 }),
      lstm({ units: 32, ...init(1) }),
      dense({ units: 10, activation: 'softmax', ...init(3) }),
    ],
    row: [20],
    rows: 512,
  },
};
const { layers, row, rows } = models[values.model as keyof typeof models];
const { way } = values;

await startEngine({ engine: way === 'wasm' ? 'wasm' : 'tensorflow', threads: Number(values.threads) });
const x =
  values.model === 'lstm'
    ? tf.randomUniform([rows, ...row], 0, 1000, 'int32', 7)
    : tf.randomNormal([rows, ...row], 0, 1, 'float32', 7);
const y = tf.oneHot(tf.randomUniform([rows], 0, 10, 'int32', 8), 10).toFloat();
const model = tf.sequential({ layers: layers() });
const optimizer = tf.train.adam(0.002);
model.compile({ optimizer, loss: 'categoricalCrossentropy' });
if (way === 'compiled') compileModel(model);

/** A step written by hand, compiled: what there is to reach. */
const variables = model.trainableWeights
  .map((weight) => weight.read())
  .filter((value) => value instanceof tf.Variable);
const step = compile((x: tf.Tensor, y: tf.Tensor) =>
  optimizer.minimize(
    () =>
      tf.metrics
        .categoricalCrossentropy(y, model.apply(x, { training: true }) as tf.Tensor)
        .mean<tf.Scalar>(),
    true,
    variables,
  )!,
);
async function epoch(): Promise<void> {
  if (way !== 'step') {
    await model.fit(x, y, { epochs: 1, batchSize: 32, shuffle: false });
    return;
  }
  for (let i = 0; i < rows; i += 32) {
    const batch = [x.slice([i], [32]), y.slice([i], [32])] as const;
    const loss = step(...batch);
    loss.dataSync();
    tf.dispose([...batch, loss]);
  }
}
await epoch(); // traces, and warms up
const start = performance.now();
for (let i = 0; i < 2; i++) await epoch();
const milliseconds = (performance.now() - start) / (2 * (rows / 32));
console.log(
  JSON.stringify({ engine: 'Foldwise', precision: `${values.model}, ${way}`, step_ms: milliseconds }),
);
process.exit(0);
