/**
 * Times `model.fit` of stock TensorFlow.js models: as it is, by compiled functions (`compileModel`), on the WebAssembly
 * backend, and beside a compiled step written by hand; in turns, each in a process of its own.
 */
import { parseArgs } from 'node:util';
import { median } from './comparison/median.ts';
import { runJson } from './comparison/run-json.ts';

const ways = ['fit', 'compiled', 'step', 'wasm'];
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    models: { type: 'string', default: 'mlp,cnn,lstm' },
    threads: { type: 'string', default: '2' },
  },
});

console.log(`| model | ${ways.map((way) => `${way}, ms a step`).join(' | ')} | fit / compiled |`);
console.log(`| ----- |${ways.map(() => ' ---- |').join('')} ---- |`);
for (const model of values.models.split(',')) {
  const taken = new Map(ways.map((way) => [way, [] as number[]]));
  for (let run = 0; run < Number(values.runs); run++)
    for (const way of ways) {
      const { output } = await runJson(process.execPath, [
        ...['--import', 'tsx', 'benchmarks/ours/fit.ts'],
        ...['--model', model, '--way', way, '--threads', values.threads],
      ]);
      taken.get(way)!.push(output['step_ms'] as number);
    }
  const [fit, compiled, ...others] = ways.map((way) => median(taken.get(way)!));
  const cells = [fit!, compiled!, ...others].map((ms) => ms.toPrecision(3));
  console.log(`| ${model} | ${cells.join(' | ')} | ${(fit! / compiled!).toPrecision(2)} |`);
}
