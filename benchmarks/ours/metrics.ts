/** Times one metric of ours on columns from files, and prints one JSON line. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findMetric } from '@foldwise/metrics';

const { values } = parseArgs({
  options: {
    metric: { type: 'string', default: 'roc-auc' },
    truth: { type: 'string', default: '' },
    predictions: { type: 'string', default: '' },
  },
});
const metric = findMetric(values.metric);
const column = (path: string): Float64Array => new Float64Array(Uint8Array.from(readFileSync(path)).buffer);
const [truth, predictions] = [column(values.truth), column(values.predictions)];

const start = performance.now();
const before = process.cpuUsage();
const score = metric.score([truth], [predictions]);
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    score,
    seconds,
    cpu_s: (user + system) / 1e6,
    peak_rss_gb: (process.resourceUsage().maxRSS * 1024) / 1e9,
  }),
);
