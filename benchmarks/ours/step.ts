/** Times our training step of an encoder with a mean head on random token ids, and prints one JSON line. */
import { parseArgs } from 'node:util';
import { loadEncoder } from '@foldwise/encoders';
import { findHead, taskOutput } from '@foldwise/heads';
import { textModel, trainStep } from '@foldwise/train';
import { median } from '../comparison/median.ts';
import { ourEngine, ourOptions, peakRssGb } from './engine.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '32' },
    length: { type: 'string', default: '128' },
    steps: { type: 'string', default: '10' },
    ...ourOptions,
  },
});
const [batch, length, steps] = [Number(values.batch), Number(values.length), Number(values.steps)];

const started = performance.now();
const { folder, precision, engine } = await ourEngine(values);
const encoder = await loadEncoder(folder);
const output = taskOutput('multi-class', 2);
const model = textModel({ encoder, head: findHead('mean'), output, seed: 0, bias: new Float32Array(2) });
const step = trainStep({ model, output, weightDecay: 0.01, clipNorm: 1, seed: 0, precision });
const inputs = {
  size: batch,
  length,
  ids: Int32Array.from({ length: batch * length }, (_, i) => 1000 + ((i * 7919) % 29_000)),
  mask: new Int32Array(batch * length).fill(1),
  labels: Float32Array.from({ length: batch }, (_, i) => i % 2),
  weights: new Float32Array(batch).fill(1),
};
let firstStep = 0;
const seconds: number[] = [];
for (let i = 0; i < steps + 3; i++) {
  const start = performance.now();
  await step.run(inputs, i, 2e-5);
  if (i === 0) firstStep = (performance.now() - started) / 1000;
  if (i >= 3) seconds.push((performance.now() - start) / 1000);
}
console.log(
  JSON.stringify({
    engine,
    precision,
    min_s: Math.min(...seconds),
    median_s: median(seconds),
    first_step_s: firstStep,
    peak_rss_gb: peakRssGb(),
  }),
);
process.exit(0);
