/** Writes the split of a pipeline's rows, and describes it for people and as data. */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writeTable } from '@foldwise/data';
import { describeFolds, hashFolds, makeSplit } from '@foldwise/folds';
import type { Outcome } from './command.ts';
import { formatTable } from './format-table.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Overrides } from './take-overrides.ts';

/** @param name may be left out where there is one pipeline only */
export async function showFolds(name: string | undefined, overrides: Overrides): Promise<Outcome> {
  const { pipeline, competition, submissions } = await openWorkspace(name, overrides);
  const { manifest, train, classes } = competition;
  const { kind, seed } = pipeline.folds;
  const split = await makeSplit(pipeline.folds, competition);
  const description = describeFolds(split, {
    targets: train.targets,
    columns: manifest.columns.target,
    task: manifest.task,
    classes,
  });
  const hash = hashFolds(train.ids, split);
  const { names, parts, neverHeldOut, warnings } = description;
  const { codes, count } = split;
  await mkdir(join(submissions, pipeline.name), { recursive: true });
  const file = join(submissions, pipeline.name, 'folds.csv');
  await writeTable(
    file,
    [manifest.columns.id, ...codes.map(({ name }) => name)],
    [train.ids, ...codes.map((c) => c.values)],
  );
  const what = (label: string): string =>
    manifest.task === 'regression' ? `mean ${label}` : `share ${label}`;
  const table = formatTable([
    ['fold', 'rows', 'trained on', ...names.map(what)],
    ...parts.map(({ name, rows, train, labels }) => [
      name,
      String(rows),
      String(train),
      ...labels.map((v) => v.toFixed(4)),
    ]),
  ]);
  const text = [
    `${pipeline.name}: ${train.ids.length} rows in ${count} fold${count === 1 ? '' : 's'}, ${kind}, seed ${seed}, hash ${hash.slice(0, 8)}`,
    table,
    ...(neverHeldOut > 0
      ? [`${neverHeldOut} rows are in no fold: they are trained on only, and scores do not see them`]
      : []),
    ...warnings.map((warning) => `Beware: ${warning}`),
    `File: ${relative(process.cwd(), file)}`,
    `Next: npx foldwise fold ${pipeline.name}`,
  ].join('\n');
  return { json: { pipeline: pipeline.name, kind, folds: count, seed, hash, file, ...description }, text };
}
