/**
 * How many kernels of TensorFlow.js XLA compiles on the CPU, as tfjs-core's own suite calls them: fails where it is fewer
 * than before. Two minutes: a part of `npx nx run end-to-end:xla`.
 */
import { bundleSuite } from '../tfjs/bundle-suite.ts';
import { forkSuite } from '../tfjs/fork-suite.ts';

/** As many as there were when this was written. */
const known = 145;

const { calls } = await forkSuite(await bundleSuite('tfjs-core'), 'xla');
const compiled = Object.keys(calls!.compiled).length;
const refused = new Map(calls!.fallbacks.map(({ kernel, error }) => [kernel, error]));
for (const [kernel, error] of refused)
  if (!(kernel in calls!.compiled))
    process.stdout.write(`${kernel}: ${error.slice(0, 160).replace(/\s+/g, ' ')}\n`);
for (const { kernel, difference } of calls!.disagreements)
  process.stdout.write(`${kernel} gives ${difference}\n`);
process.stdout.write(`${compiled} kernels compile by XLA, of ${known} before\n`);
process.exitCode = compiled >= known ? 0 : 1;
