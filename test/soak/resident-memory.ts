/**
 * Watches the resident memory of this process over many compiled steps, traces, failures and eager operations, and
 * fails where it grows. Minutes long, so not among the unit tests: `npx nx run end-to-end:soak`.
 */
import { fileURLToPath } from 'node:url';
import { loadEncoder } from '@foldwise/encoders';
import { findHead, taskOutput } from '@foldwise/heads';
import { compile, startEngine, tf } from '@foldwise/tensorflow';
import { textModel, trainStep } from '@foldwise/train';

/** What a soak may grow by in its second half, in MiB: the allocators' own unrest, and no leak of one tensor a time. */
const tolerance = 16;

const size = 256; // A float32 matrix of it has 256 KiB: 1,000 leaked ones are 250 MiB.

function variables() {
  return tf.tidy(() => [tf.variable(tf.randomNormal([size, size])), tf.variable(tf.zeros([size]))] as const);
}

function trainingStep() {
  const [w, b] = variables();
  const optimizer = tf.train.adam(1e-3);
  return compile((x: tf.Tensor2D) =>
    optimizer.minimize(
      () =>
        tf
          .matMul(x, w as never)
          .add(b)
          .square()
          .mean<tf.Scalar>(),
      true,
      [w, b],
    )!,
  );
}

const x = () => tf.ones<tf.Rank.R2>([size, size]);

const tinyBert = fileURLToPath(new URL('../../packages/encoders/fixtures/tiny-bert', import.meta.url));

const soaks: Record<string, () => Promise<() => unknown> | (() => unknown)> = {
  "a fold's training steps, of three lengths": async () => {
    const output = taskOutput('regression', 1);
    const encoder = await loadEncoder(tinyBert);
    const model = textModel({ encoder, head: findHead('concat'), output, seed: 0, bias: Float32Array.of(0) });
    const step = trainStep({ model, output, weightDecay: 0.01, clipNorm: 1, seed: 0 });
    let number = 0;
    return () => {
      const [rows, length] = [32, [8, 16, 24][number % 3]!];
      const ids = new Int32Array(rows * length).fill(5);
      const batch = {
        size: rows,
        length,
        ids,
        mask: new Int32Array(rows * length).fill(1),
        labels: new Float32Array(rows).fill(1),
        weights: new Float32Array(rows).fill(1),
      };
      return step.run(batch, number++, 1e-4);
    };
  },
  'compiled steps': () => {
    const step = trainingStep();
    return () => tf.tidy(() => step(x()).dataSync());
  },
  'steps on another thread': () => {
    const step = trainingStep();
    return async () => {
      const input = x();
      const loss = await step.async(input);
      tf.dispose([input, loss]);
    };
  },
  traces: () => {
    const large = x();
    const [w] = variables();
    return () => {
      const fn = compile((input: tf.Tensor) => input.matMul(w).add(large));
      tf.tidy(() => fn(x()).mean().dataSync());
      fn.dispose();
    };
  },
  'traces that fail': () => {
    const large = x();
    const [w] = variables();
    const fn = compile((input: tf.Tensor) => tf.tensor(input.matMul(w).add(large).dataSync()));
    return () => {
      tf.tidy(() => {
        try {
          fn(x());
        } catch {
          return;
        }
        throw new Error('A read while compiling was not refused.');
      });
    };
  },
  'runs that fail': () => {
    const fn = compile((input: tf.Tensor, i: tf.Tensor) => tf.gather(input.add(1), i as tf.Tensor1D));
    return () =>
      tf.tidy(() => {
        try {
          fn(x(), tf.tensor1d([size], 'int32'));
        } catch {
          return;
        }
        throw new Error('An index out of range was not refused.');
      });
  },
  'copies of variables': () => {
    const [w] = variables();
    const step = compile(() => {
      w.assign(w.mul(0.99));
      return null;
    });
    return () => {
      const copy = w.clone();
      step();
      copy.dispose();
    };
  },
  'eager operations': () => () =>
    tf.tidy(() =>
      tf
        .grad((input: tf.Tensor) => input.matMul(input).mean())(x())
        .mean()
        .dataSync(),
    ),
};

await startEngine({ engine: 'tensorflow' });
const resident = () => process.memoryUsage().rss / 2 ** 20;
let failed = false;
for (const [name, prepare] of Object.entries(soaks)) {
  const round = await prepare();
  for (let i = 0; i < 400; i++) await round();
  const before = resident();
  const { numTensors } = tf.memory();
  for (let i = 0; i < 1000; i++) await round();
  const growth = resident() - before;
  const tensors = tf.memory().numTensors - numTensors;
  if (growth > tolerance || tensors > 0) failed = true;
  process.stdout.write(`${name}: ${growth.toFixed(1)} MiB and ${tensors} tensors more after 1,000 rounds\n`);
}
if (failed) {
  process.stderr.write(`Memory grew by more than ${tolerance} MiB, or by tensors: something is not freed.\n`);
  process.exitCode = 1;
}
