/** Times hill climbing on predictions in memory, and prints one JSON line. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensembleSelection, evaluatorOf } from '@foldwise/ensemble';
import { findMetric } from '@foldwise/metrics';

const { values } = parseArgs({
  options: {
    file: { type: 'string', default: '' },
    rows: { type: 'string', default: '' },
    metric: { type: 'string', default: '' },
    size: { type: 'string', default: '' },
  },
});
const rows = Number(values.rows);
const bytes = readFileSync(values.file);
const numbers = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
const columns = Array.from({ length: numbers.length / rows }, (_, c) =>
  numbers.slice(c * rows, (c + 1) * rows),
);
const [truth, ...members] = columns as [Float64Array, ...Float64Array[]];
const isBinary = values.metric !== 'rmse';
/** Labels, and probabilities. */
const toLabel = (column: Float64Array) => column.map((value) => Number(value > 0));
const toProbability = (column: Float64Array) => column.map((value) => 1 / (1 + Math.exp(-2 * value)));
const problem = {
  task: isBinary ? ('binary' as const) : ('regression' as const),
  metric: findMetric(values.metric),
  truth: [isBinary ? toLabel(truth) : truth],
  members: members.map((column) => [isBinary ? toProbability(column) : column]),
};
const start = performance.now();
const { order, trajectory } = ensembleSelection(evaluatorOf(problem), { size: Number(values.size) });
const seconds = (performance.now() - start) / 1000;
console.log(
  JSON.stringify({
    engine: 'foldwise',
    precision: `${values.metric}, ${values.size} steps`,
    order: order.join(),
    loss: trajectory.at(-1),
    seconds,
  }),
);
