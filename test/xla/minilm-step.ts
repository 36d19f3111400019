/**
 * Trains MiniLM-L6 a few steps by XLA on the CPU and as many by plain operations, both with dropout, and fails where
 * their losses differ. A GPU will run what XLA compiles. A minute or two: `npx nx run end-to-end:xla`.
 */
import { loadEncoder, resolveModel } from '@foldwise/encoders';
import { findHead, taskOutput } from '@foldwise/heads';
import { startEngine, tf, withKernels } from '@foldwise/tensorflow';
import { cacheFolder } from '@foldwise/tensorflow/library';
import { textModel, trainStep } from '@foldwise/train';

/** The most that a loss may differ by. */
const tolerance = 1e-4;
const [rows, length, steps] = [8, 32, 4];

async function losses(folder: string, xla: boolean): Promise<number[]> {
  const output = taskOutput('binary', 1);
  const encoder = await loadEncoder(folder, { dropout: 0.1 });
  const model = textModel({ encoder, head: findHead('mean'), output, seed: 0, bias: Float32Array.of(0) });
  const step = trainStep({ model, output, weightDecay: 0.01, clipNorm: 1, seed: 7, xla });
  const batch = {
    size: rows,
    length,
    ids: Int32Array.from({ length: rows * length }, (_, i) => 1000 + ((i * 7919) % 29_000)),
    mask: Int32Array.from({ length: rows * length }, (_, i) =>
      i % length < 32 - Math.floor(i / length) ? 1 : 0,
    ),
    labels: Float32Array.from({ length: rows }, (_, i) => i % 2),
    weights: new Float32Array(rows).fill(1),
  };
  const all: number[] = [];
  for (let i = 0; i < steps; i++) {
    let loss: Promise<number>;
    withKernels(false, () => void (loss = step.run(batch, i, 1e-4)));
    all.push(await loss!);
  }
  step.dispose();
  tf.dispose(model.weights.map((weight) => weight.read()));
  return all;
}

await startEngine({ engine: 'tensorflow' });
const { folder } = await resolveModel('sentence-transformers/all-MiniLM-L6-v2', {
  cacheFolder: cacheFolder(),
});
const plain = await losses(folder, false);
const xla = await losses(folder, true);
const difference = Math.max(...plain.map((loss, i) => Math.abs(loss - xla[i]!)));
process.stdout.write(`plain ${plain.join(' ')}
XLA   ${xla.join(' ')}
largest difference ${difference}, of at most ${tolerance}
`);
process.exit(difference <= tolerance ? 0 : 1);
