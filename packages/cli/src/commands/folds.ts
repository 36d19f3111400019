/** `foldwise folds`: shows how the rows of a competition are split. */
import type { Command } from '../command.ts';
import { formatTable } from '../format-table.ts';
import { pipelinePositional } from '../pipeline-options.ts';

export const folds: Command = {
  name: 'folds',
  describe: 'show how the rows are split into folds',
  positionals: pipelinePositional,
  options: {},
  takesOverrides: true,
  async run({ pipeline: name }, { overrides }) {
    const { assignFolds, describeFolds, hashFolds } = await import('@foldwise/folds');
    const { openWorkspace } = await import('../open-workspace.ts');
    const { pipeline, competition } = await openWorkspace(name as string | undefined, overrides);
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
      `Next: npx foldwise fold ${pipeline.name}`,
    ].join('\n');
    return { json: { pipeline: pipeline.name, kind, k, seed, hash, ...description }, text };
  },
};
