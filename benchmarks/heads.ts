/**
 * Trains one fold of a pipeline with every head of the registry, each example spec of it, for an epoch: score, seconds,
 * parameters. Prints a row as each ends, and rows of Markdown, JSON or a table at the end.
 */
import { parseArgs } from 'node:util';
import { heads } from '@foldwise/heads';
import { machine } from './comparison/machine.ts';
import { reportOptions } from './comparison/report.ts';
import { runJson } from './comparison/run-json.ts';

const { values } = parseArgs({
  options: {
    pipeline: { type: 'string', default: 'movie-sentiment' },
    heads: { type: 'string' },
    epochs: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    ...reportOptions,
  },
});
const { pipeline, epochs, threads } = values;
const specs = values.heads?.split(',') ?? Object.values(heads).flatMap(({ examples }) => examples);

interface Row {
  head: string;
  metric: string;
  score: number;
  pearson: number | undefined;
  training_s: number;
  fold_s: number;
  parameters: number;
}

async function train(head: string): Promise<Row> {
  const { output } = await runJson(process.execPath, [
    ...['packages/cli/bin/foldwise.js', 'fold', pipeline, '--json', '--quiet', '--again'],
    ...['--head', head, '--epochs', epochs, '--threads', threads],
  ]);
  const fold = output as unknown as {
    metric: string;
    score: number;
    scores: Record<string, number>;
    seconds: { training: number; total: number };
    parameters: number;
  };
  return {
    head,
    metric: fold.metric,
    score: fold.score,
    pearson: fold.scores['pearson'],
    training_s: fold.seconds.training,
    fold_s: fold.seconds.total,
    parameters: fold.parameters,
  };
}

const rows: Row[] = [];
for (const head of specs) {
  const row = await train(head);
  rows.push(row);
  console.error(JSON.stringify(row));
}
if (values.json) console.log(JSON.stringify({ machine: machine(), pipeline, epochs: Number(epochs), rows }));
else if (values.markdown) console.log(markdown());
else console.table(rows);

function markdown(): string {
  const least = Math.min(...rows.map(({ parameters }) => parameters));
  const lines = rows.map(({ head, score, pearson, training_s, fold_s, parameters }) =>
    [
      `\`${head}\``,
      score.toFixed(4),
      pearson?.toFixed(4) ?? '–',
      training_s.toFixed(0),
      fold_s.toFixed(0),
      `+${(parameters - least).toLocaleString('en')}`,
    ].join(' | '),
  );
  return [
    `${machine()}; parameters beyond ${least.toLocaleString('en')}:`,
    '',
    `| head | ${rows[0]!.metric} | Pearson | training, s | fold, s | parameters |`,
    '| --- | --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}
