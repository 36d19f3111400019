/**
 * Compares the Python script of exports for Kaggle with the models here: every example of every head, every output, and
 * whole submissions of each task with a blend. Takes `--python`, one with tensorflow, tokenizers, safetensors and pandas.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { heads } from '@foldwise/heads';
import { startEngine } from '@foldwise/tensorflow';
import { exportToKaggle } from '../kaggle/export-to-kaggle.ts';
import type { KaggleDescription } from '../kaggle/kaggle-description.ts';
import { writeGraphs } from '../kaggle/write-graphs.ts';
import { makeFoldModel, predictHere } from './make-fold-model.ts';

const TOLERANCE = 1e-5;
const run = promisify(execFile);
const { values: given } = parseArgs({ options: { python: { type: 'string', default: 'python3' } } });
const script = join(import.meta.dirname, '../kaggle/predict.py');

const texts = [
  'A good film, but slow.',
  'bad',
  "It is not about the town: the story's acting is very warm, and the film is small! Is it? It is.",
  'a very very slow film about a town. '.repeat(9),
  'Ĉu ĝi estas bona? ÀÉ 電影 film',
];
const seconds = ['A slow film.', 'It is very warm, and the story is small. '.repeat(4), '', 'bad', 'a town'];
const classes = ['bad', 'fair', 'good'];

type Model = NonNullable<Parameters<typeof makeFoldModel>[0]>;
const models: Model[] = [
  ...Object.values(heads)
    .flatMap(({ examples }) => examples)
    .map((head): Model => ({ head, targets: ['y', 'z'] })),
  { head: 'concat:weighted-layers+gem+conv1d:16x4' },
  { head: 'last-4-concat:bigru:16' },
  { output: { hidden: [5, 4], activation: 'gelu', dropout: 0.3, samples: 2 } },
  { output: { hidden: [6], activation: 'tanh', dropout: 0, samples: 1 } },
  { output: { hidden: [6], activation: 'relu', dropout: 0, samples: 1 } },
  { task: 'binary' },
  { task: 'multi-class', classes },
  { task: 'multi-label', targets: ['funny', 'sad', 'long'] },
  { task: 'ordinal', classes },
  { texts: { columns: ['text', 'second'] } },
  { texts: { columns: ['text', 'second', 'third'] } },
];

/** The columns of text that a model takes. */
const columnsOf = ({ texts: given }: Model): string[][] =>
  [texts, seconds, [...texts].reverse()].slice(0, given?.columns.length ?? 1);

async function python(args: string[]): Promise<string> {
  const { stdout } = await run(given.python, args, {
    env: { ...process.env, CUDA_VISIBLE_DEVICES: '', TF_CPP_MIN_LOG_LEVEL: '2' },
    maxBuffer: 1e8,
  });
  return stdout;
}

const failures: string[] = [];
let worst = 0;
function compare(what: string, here: number[][], there: number[][]): void {
  let off = 0;
  here.forEach((row, i) => row.forEach((value, c) => (off = Math.max(off, Math.abs(value - there[i]![c]!)))));
  worst = Math.max(worst, off);
  const fails = !(off < TOLERANCE);
  if (fails) failures.push(what);
  process.stdout.write(`${fails ? 'FAILS ' : 'ok    '} ${off.toExponential(1)}  ${what}\n`);
}

async function compareModels(): Promise<void> {
  const folders: string[] = [];
  const exported: string[] = [];
  for (const model of models) {
    const folder = await makeFoldModel(model);
    folders.push(folder);
    exported.push(join(folder, 'graphs'));
    await writeGraphs(folder, join(folder, 'graphs'), { batch: 2 });
  }
  const driver = [
    'import importlib.util, json, sys',
    'from pathlib import Path',
    'spec = importlib.util.spec_from_file_location("predict", sys.argv[1])',
    'module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module)',
    'given = json.loads(sys.argv[2])',
    'print(json.dumps([module.predict(Path(f), columns, "", "CPU:0").tolist() for f, columns in given]))',
  ].join('\n');
  const there = JSON.parse(
    await python([
      '-c',
      driver,
      script,
      JSON.stringify(models.map((model, i) => [exported[i], columnsOf(model)])),
    ]),
  ) as number[][][];
  for (const [i, model] of models.entries())
    compare(JSON.stringify(model), await predictHere(folders[i]!, columnsOf(model)), there[i]!);
}

interface Submission {
  what: string;
  model: Model;
  about: Partial<KaggleDescription>;
  sample: string;
  /** The cells behind the id that two folds' and two runs' mean predictions should give: [rows][columns]. */
  expected: (means: number[][]) => (number | string)[][];
}

const mean = (rows: number[][][]): number[][] =>
  rows[0]!.map((row, i) => row.map((_, c) => rows.reduce((sum, one) => sum + one[i]![c]!, 0) / rows.length));
const best = (row: number[]): number => row.indexOf(Math.max(...row));

const submissions: Submission[] = [
  {
    what: 'a blend of two numbers, in the order of the sample',
    model: { targets: ['y', 'z'], task: 'regression' },
    about: { holds: ['id', 'z', 'y'], target: ['y', 'z'] },
    sample: 'id,z,why',
    expected: (means) => means.map(([y, z]) => [z!, y!]),
  },
  {
    what: 'pairs of texts',
    model: { task: 'regression', texts: { columns: ['text', 'second'] } },
    about: { holds: ['id', 'y'], target: ['y'] },
    sample: 'id,y',
    expected: (means) => means,
  },
  {
    what: 'two named classes, a column for each',
    model: { task: 'binary' },
    about: { holds: ['id', 'no', 'yes'], target: ['y'], twoClasses: ['no', 'yes'] },
    sample: 'id,no,yes',
    expected: (means) => means.map(([p]) => [1 - p!, p!]),
  },
  {
    what: 'the most probable class',
    model: { task: 'multi-class', classes },
    about: { holds: ['id', 'y'], target: ['y'], classes },
    sample: 'id,y',
    expected: (means) => means.map((row) => [classes[best(row)]!]),
  },
  {
    what: 'the two most probable classes',
    model: { task: 'multi-class', classes },
    about: { holds: ['id', 'y'], target: ['y'], classes, lists: { separator: ' ', most: 2 } },
    sample: 'id,y',
    expected: (means) =>
      means.map((row) => {
        const ranked = [0, 1, 2].sort((a, b) => row[b]! - row[a]!);
        return [`${classes[ranked[0]!]} ${classes[ranked[1]!]}`];
      }),
  },
  {
    what: 'decisions by thresholds',
    model: { task: 'multi-label', targets: ['a', 'b'] },
    about: {
      holds: ['id', 'a', 'b'],
      target: ['a', 'b'],
      postProcessing: [{ kind: 'threshold', parameters: { thresholds: [0.3, 0.6] } }],
    },
    sample: 'id,a,b',
    expected: (means) => means.map(([a, b]) => [Number(a! > 0.3), Number(b! > 0.6)]),
  },
  {
    what: 'the median of ordered classes',
    model: { task: 'ordinal', classes },
    about: { holds: ['id', 'y'], target: ['y'], classes },
    sample: 'id,y',
    expected: (means) => means.map(([low, mid]) => [classes[low! >= 0.5 ? 0 : low! + mid! >= 0.5 ? 1 : 2]!]),
  },
  {
    what: 'cut points between ordered classes',
    model: { task: 'ordinal', classes },
    about: {
      holds: ['id', 'y'],
      target: ['y'],
      classes,
      postProcessing: [{ kind: 'cut-points', parameters: { cuts: [[0.4, 0.9]], values: [[0, 1, 2]] } }],
    },
    sample: 'id,y',
    expected: (means) =>
      means.map((row) => {
        const expected = row[1]! + 2 * row[2]!;
        return [classes[Number(expected > 0.4) + Number(expected > 0.9)]!];
      }),
  },
];

async function compareSubmission({ what, model, about, sample, expected }: Submission): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'foldwise-kaggle-'));
  const data = join(root, 'data');
  await mkdir(data);
  const quoted = (column: readonly string[]) => column.map((text) => `"${text.replaceAll('"', '""')}"`);
  const [first, second] = [quoted(texts), quoted(seconds)];
  await writeFile(
    join(data, 'test.csv'),
    `id,text,second\n${first.map((text, row) => `t${row},${text},${second[row]}\n`).join('')}`,
  );
  const order = [3, 0, 4, 1, 2];
  const zeros = ',0'.repeat(sample.split(',').length - 1);
  await writeFile(join(data, 'sample.csv'), `${sample}\n${order.map((row) => `t${row}${zeros}\n`).join('')}`);

  const names = ['one-fold-0', 'one-fold-1', 'two-fold-0'];
  const folders: string[] = [];
  for (const [i] of names.entries())
    folders.push(await makeFoldModel({ ...model, head: ['mean', 'cls', 'max'][i]! }));
  const description: KaggleDescription = {
    ...{
      format: 1,
      title: 'Tiny',
      name: 'blend',
      task: model.task!,
      text: model.texts?.columns ?? ['text'],
      separator: ' [SEP] ',
    },
    ...{
      files: { test: 'test.csv', sample: 'sample.csv' },
      testId: 'id',
      sampleId: 'id',
      target: [],
      holds: [],
    },
    ...{ classes: null, names: null, lists: null, twoClasses: null, decides: false, postProcessing: [] },
    runs: [
      { name: 'one', folds: names.slice(0, 2) },
      { name: 'two', folds: names.slice(2) },
    ],
    blend: { weights: [], intercepts: [] },
    score: { metric: 'rmse', value: 1 },
    ...about,
  };
  const predictions = await Promise.all(folders.map((folder) => predictHere(folder, columnsOf(model))));
  const columns = predictions[0]![0]!.map(() => 0.5);
  description.blend = { weights: [columns, columns], intercepts: columns.map(() => 0) };
  const output = join(root, 'export');
  const models = new Map(names.map((name, i) => [name, folders[i]!]));
  await exportToKaggle({ output, about: description, models });
  const csv = join(root, 'submission.csv');
  await python([join(output, 'notebook', 'predict.py'), '--data', data, '--output', csv]);
  const blended = mean([mean(predictions.slice(0, 2)), predictions[2]!]);
  const wanted = expected(blended);
  const lines = (await readFile(csv, 'utf8')).trim().split('\n');
  const cells = lines.slice(1).map((line) => line.split(','));
  if (lines[0] !== sample || cells.some(([id], i) => id !== `t${order[i]}`))
    return void failures.push(`${what}: its form is not the sample's`);
  /** Classes, or lists of them, by their indices. */
  const asNumber = (cell: number | string): number => {
    const indices = String(cell)
      .split(' ')
      .map((part) => classes.indexOf(part));
    return indices.includes(-1)
      ? Number(cell)
      : indices.reduce((number, index) => number * classes.length + index, 0);
  };
  const asNumbers = (rows: (number | string)[][]): number[][] => rows.map((row) => row.map(asNumber));
  compare(what, asNumbers(order.map((row) => wanted[row]!)), asNumbers(cells.map(([, ...row]) => row)));
}

await startEngine();
await compareModels();
for (const submission of submissions) await compareSubmission(submission);
process.stdout.write(
  `${models.length} models, ${submissions.length} submissions; the farthest off by ${worst.toExponential(1)}\n`,
);
for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`);
process.exit(failures.length > 0 ? 1 : 0);
