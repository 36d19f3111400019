/** For tests: a competition of a few rows in a temporary folder, a run of it, and a trainer that needs no engine. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCompetition, parsePipeline, splitColumns, type PipelineConfig } from '@foldwise/data';
import { partition } from '@foldwise/folds';
import type { FitFoldOptions, FittedFold } from '@foldwise/train';
import { openRun, type OpenRunOptions } from '../run/open-run.ts';
import type { EngineRecord } from '../run/run-record.ts';
import type { Run } from '../run/run.ts';

/** Ratings 1 to 4, two folds, and a sample whose rows are in another order than the test file's. */
export const regressionFiles = {
  'train.csv': 'id,text,y\na,one,1\nb,two,2\nc,three,3\nd,four,4\n',
  'test.csv': 'id,text\nt1,five\nt2,six\n',
  'sample.csv': 'id,y\nt2,0\nt1,0\n',
};

export const engine: EngineRecord = { name: 'fake', version: '1', device: 'CPU', threads: 1 };

/** @returns what `openRun` takes, for a competition of these files */
export async function makeCompetition({
  files = regressionFiles,
  manifest = {},
  pipeline = {},
}: {
  files?: Record<'train.csv' | 'test.csv' | 'sample.csv', string>;
  manifest?: object;
  pipeline?: Partial<PipelineConfig>;
} = {}): Promise<OpenRunOptions> {
  const root = await mkdtemp(join(tmpdir(), 'foldwise-run-'));
  const data = join(root, 'data');
  await mkdir(data);
  for (const [name, content] of Object.entries(files)) await writeFile(join(data, name), content);
  const columns = { id: 'id', text: 'text', target: 'y' };
  const json = {
    name: 'tiny',
    title: 'Tiny',
    files: { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' },
    columns,
    task: 'regression',
    metric: 'rmse',
    ...manifest,
  };
  await writeFile(join(data, 'competition.json'), JSON.stringify(json));
  const parsed = parsePipeline({ name: 'tiny', folds: { k: 2 }, ...pipeline }, 'test');
  return {
    pipeline: parsed,
    competition: await loadCompetition(data, splitColumns(parsed.folds)),
    data,
    submissions: join(root, 'submissions'),
  };
}

/** A run with the first rows in fold 0 and the others in fold 1, whatever their hashes say; or with a split as given. */
export async function makeRun(options?: Parameters<typeof makeCompetition>[0]): Promise<Run> {
  const run = await openRun(await makeCompetition(options));
  if (options?.pipeline?.folds) return run;
  const rows = run.competition.train.ids.length;
  return {
    ...run,
    split: partition(
      Int32Array.from({ length: rows }, (_, row) => Number(row >= rows / 2)),
      2,
    ),
  };
}

/** A trainer that predicts what it is told: `oof` by train row, `test` the same for all folds. */
export function fakeFit(oof: number[][], test: number[][], score = NaN) {
  // eslint-disable-next-line @typescript-eslint/require-await -- What it throws must be a rejection.
  return async ({ rows }: FitFoldOptions): Promise<FittedFold> => ({
    oof: oof.map((column) => Float64Array.from(rows.valid, (row) => column[row]!)),
    test: test.map((column) => Float64Array.from(column)),
    epochs: [{ epoch: 1, loss: 0.5, score, seconds: 1 }],
    bestEpoch: 1,
    precision: 'fp32',
    parameters: 10,
    seconds: { tokens: 0, model: 0, training: 1, predicting: 0 },
    secondsBefore: 0,
    tokensPerSecond: 100,
    saveModel: async (folder) => {
      await writeFile(join(folder, 'model.safetensors'), 'weights');
    },
    dispose: () => undefined,
  });
}
