/** `foldwise ensemble`: blends the complete runs of a pipeline, and writes the blend and its submission. */
import { join, relative } from 'node:path';
import type { Arguments, Command } from './command.ts';
import { pipelinePositional } from '../options/pipeline-options.ts';
import { UsageError } from '../usage-error.ts';

export const ensemble: Command = {
  name: 'ensemble',
  describe: 'blend the complete runs, and write the submission',
  positionals: pipelinePositional,
  options: {
    method: {
      type: 'string',
      requiresArg: true,
      default: 'mean',
      describe: 'how, such as mean, hill or ridge; several with commas, or all: the best is written',
    },
    runs: { type: 'string', requiresArg: true, describe: 'only these, such as name-a,name-b' },
    'shared-weights': {
      type: 'boolean',
      default: false,
      describe: 'the same weights for all targets, instead of each its own',
    },
  },
  async run(args, { progress }) {
    const { knownMethods } = await import('../ensembles/known-methods.ts');
    const methods = knownMethods(String(args['method']));
    const { openWorkspace } = await import('../workspace/open-workspace.ts');
    const opened = await openWorkspace(args['pipeline'] as string | undefined);
    const { pipeline, submissions } = opened;
    const runs = await chooseRuns(submissions, pipeline.name, args);
    const { writeEnsemble } = await import('../ensembles/write-ensemble.ts');
    const folder = join(submissions, pipeline.name, 'ensemble');
    const { metrics, blended } = await writeEnsemble(opened, runs, folder, {
      methods,
      shared: Boolean(args['shared-weights']),
      onMethod: (method, done) => {
        if (methods.length > 1) progress.update(`blending by ${method}`, done, methods.length);
      },
    }).finally(() => progress.stop());
    const { describeEnsemble } = await import('../render/describe-ensemble.ts');
    const where = relative(process.cwd(), folder);
    const { members, correlation, tried, failed, selected, chosen } = blended;
    return {
      json: {
        pipeline: pipeline.name,
        folder: where,
        ...chosen,
        members,
        correlation,
        tried,
        failed,
        selected,
        metrics,
      },
      text: describeEnsemble(pipeline.name, blended, metrics, where),
    };
  },
};

async function chooseRuns(submissions: string, pipeline: string, { runs: asked }: Arguments) {
  const { listRuns } = await import('@foldwise/runs');
  const runs = await listRuns(submissions, pipeline);
  const complete = runs.filter(({ metrics }) => metrics !== undefined);
  const names = complete.map((run) => run.name);
  const chosen = asked === undefined ? names : [...new Set(String(asked).split(','))];
  const unknown = chosen.find((run) => !names.includes(run));
  if (unknown !== undefined)
    throw new UsageError(
      runs.some((run) => run.name === unknown)
        ? `the run "${unknown}" is not complete: train its other folds with \`npx foldwise cv\``
        : `there is no complete run "${unknown}"; there are ${names.join(', ') || 'none'}`,
    );
  if (chosen.length < 2) throw new Error(tooFew(pipeline, chosen));
  return complete.filter((run) => chosen.includes(run.name));
}

function tooFew(pipeline: string, [only]: string[]): string {
  if (only === undefined)
    return `${pipeline} has no complete run to blend: train one with \`npx foldwise cv ${pipeline}\``;
  return (
    `there is only the run ${only} to blend; train another, with another head or seed, ` +
    `as by \`npx foldwise cv ${pipeline} --seed 1\``
  );
}
