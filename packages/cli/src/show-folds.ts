/** Writes the split of a pipeline's rows, and describes it for people and as data. */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writeTable } from '@foldwise/data';
import { assignFolds, describeFolds, hashFolds } from '@foldwise/folds';
import type { Outcome } from './command.ts';
import { formatTable } from './format-table.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Overrides } from './take-overrides.ts';

/** @param name may be left out where there is one pipeline only */
export async function showFolds(name: string | undefined, overrides: Overrides): Promise<Outcome> {
  const { pipeline, competition, submissions } = await openWorkspace(name, overrides);
  const { manifest, train, classes } = competition;
  const { k, kind, seed } = pipeline.folds;
  const assignment = assignFolds(pipeline.folds, {
    ids: train.ids,
    targets: train.targets,
    task: manifest.task,
  });
  const description = describeFolds(assignment, k, {
    targets: train.targets,
    columns: manifest.columns.target,
    task: manifest.task,
    classes,
  });
  const hash = hashFolds(train.ids, assignment);
  const { names, parts, warnings } = description;
  await mkdir(join(submissions, pipeline.name), { recursive: true });
  const file = join(submissions, pipeline.name, 'folds.csv');
  await writeTable(file, [manifest.columns.id, 'fold'], [train.ids, assignment]);
  const what = (label: string): string =>
    manifest.task === 'regression' ? `mean ${label}` : `share ${label}`;
  const table = formatTable([
    ['fold', 'rows', ...names.map(what)],
    ...parts.map(({ fold, rows, labels }) => [
      String(fold ?? 'all'),
      String(rows),
      ...labels.map((v) => v.toFixed(4)),
    ]),
  ]);
  const text = [
    `${pipeline.name}: ${train.ids.length} rows in ${k} folds, ${kind}, seed ${seed}, hash ${hash.slice(0, 8)}`,
    table,
    ...warnings.map((warning) => `Beware: ${warning}`),
    `File: ${relative(process.cwd(), file)}`,
    `Next: npx foldwise fold ${pipeline.name}`,
  ].join('\n');
  return { json: { pipeline: pipeline.name, kind, k, seed, hash, file, ...description }, text };
}
