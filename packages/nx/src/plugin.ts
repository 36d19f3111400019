/** The Nx plugin: each folder of `pipelines/` with a `pipeline.ts` gets targets that follow from it, without generated files. */
import { basename, dirname } from 'node:path';
import type { CreateNodes, PostTasksExecution } from '@nx/devkit';
import { describeTasks } from './describe-tasks.ts';
import { evaluatePipeline } from './evaluate-pipeline.ts';
import { parseOptions } from './parse-options.ts';
import { pipelineTargets } from './pipeline-targets.ts';

export const name = '@foldwise/nx';

/** A pipeline that cannot be read gets targets that say why, so that all other projects work as ever. */
export const createNodesV2: CreateNodes = [
  'pipelines/*/pipeline.ts',
  (files, options, { workspaceRoot }) => {
    const parsed = parseOptions(options);
    return Promise.all(
      files.map(async (file) => {
        const root = dirname(file);
        const evaluated = await evaluatePipeline(workspaceRoot, file);
        const targets = pipelineTargets(basename(root), evaluated, parsed);
        return [file, { projects: { [root]: { name: basename(root), targets } } }] as const;
      }),
    );
  },
];

/** Says what was trained and what was there already. */
export const postTasksExecution: PostTasksExecution = (_, { taskResults, workspaceRoot }) => {
  // The command's own output, beside Nx's summary.
  for (const line of describeTasks(workspaceRoot, Object.values(taskResults)))
    process.stdout.write(`${line}\n`);
};
