/** Writes the split of a pipeline's rows, and describes it for people and as data. */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writeTable } from '@foldwise/data';
import { describeFolds, hashFolds, makeSplit, plotFolds } from '@foldwise/folds';
import writeFileAtomic from 'write-file-atomic';
import { checkSplit } from './check-split.ts';
import type { Context, Outcome } from '../commands/command.ts';
import { describeChecks } from '../render/describe-checks.ts';
import { formatTable } from '../render/format.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import { asFlags } from '../options/pipeline-options.ts';

/** So many columns of shares fit on a screen; the file and --json have all. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 40;

/**
 * @param name may be left out where there is one pipeline only
 * @param isQuick leaves out what takes long: near-duplicates, and train against test
 */
export async function showFolds(
  name: string | undefined,
  isQuick: boolean,
  context: Context,
): Promise<Outcome> {
  const { overrides } = context;
  const { pipeline, competition, submissions } = await openWorkspace(name, overrides);
  const { manifest, train, classes } = competition;
  const { kind, seed } = pipeline.folds;
  const split = await makeSplit(pipeline.folds, competition);
  const { codes, count } = split;
  const { target } = manifest.columns;
  const labels = { targets: train.targets, columns: target, task: manifest.task, classes };
  const description = describeFolds(split, labels);
  const hash = hashFolds(train.ids, split);
  const checks = isQuick ? undefined : await checkSplit(split, pipeline.folds, competition, context);

  const folder = join(submissions, pipeline.name);
  const [file, plot] = [join(folder, 'folds.csv'), join(folder, 'folds.svg')];
  await mkdir(folder, { recursive: true });
  const header = [manifest.columns.id, ...codes.map((code) => code.name)];
  await writeTable(file, header, [train.ids, ...codes.map(({ values }) => values)]);
  const isNumeric = manifest.task === 'regression';
  const title = `${pipeline.name}: ${classes ? target[0] : 'labels'} by fold`;
  await writeFileAtomic(plot, plotFolds(description, title, isNumeric));

  const { names, parts, neverHeldOut, warnings } = description;
  const left = names.length - MOST_COLUMNS;
  const few = parts.length > MOST_ROWS ? [...parts.slice(0, MOST_ROWS - 1), parts.at(-1)!] : parts;
  const table = formatTable([
    [
      'fold',
      'rows',
      'trained on',
      ...names.slice(0, MOST_COLUMNS).map((n) => `${isNumeric ? 'mean' : 'share'} ${n}`),
    ],
    ...few.map(({ name, rows, train, labels }) => [
      name,
      String(rows),
      String(train),
      ...labels.slice(0, MOST_COLUMNS).map((v) => v.toFixed(4)),
    ]),
  ]);
  const text = [
    `${pipeline.name}: ${train.ids.length} rows in ${count} fold${count === 1 ? '' : 's'}, ${kind}, seed ${seed}, hash ${hash.slice(0, 8)}`,
    table,
    ...(few.length < parts.length ? [`(${parts.length - few.length} further folds: --json has all)`] : []),
    ...(left > 0 ? [`(${left} further labels: --json has all)`] : []),
    ...(neverHeldOut > 0
      ? [`In no fold: ${neverHeldOut} rows, which are trained on only; scores do not see them`]
      : []),
    ...warnings.map((warning) => `Beware: ${warning}`),
    ...(checks ? describeChecks(checks) : []),
    `Files: ${relative(process.cwd(), file)}, ${relative(process.cwd(), plot)}`,
    `Next: npx foldwise fold ${pipeline.name}${asFlags(overrides)}`,
  ].join('\n');
  const json = {
    pipeline: pipeline.name,
    kind,
    folds: count,
    seed,
    hash,
    file,
    plot,
    ...description,
    ...checks,
  };
  return { json, text };
}
