/** `foldwise ensemble`: blends the complete runs of a pipeline by the mean of their predictions. */
import { join, relative } from 'node:path';
import { bold } from '../bold.ts';
import type { Command } from '../command.ts';
import { formatScore } from '../format-score.ts';
import { formatTable } from '../format-table.ts';
import { pipelinePositional } from '../pipeline-options.ts';
import { UsageError } from '../usage-error.ts';

export const ensemble: Command = {
  name: 'ensemble',
  describe: 'blend the complete runs, and write the submission',
  positionals: pipelinePositional,
  options: {
    runs: { type: 'string', requiresArg: true, describe: 'only these, such as name-a,name-b' },
  },
  async run({ pipeline: name, runs: asked }) {
    const { openWorkspace } = await import('../open-workspace.ts');
    const opened = await openWorkspace(name as string | undefined);
    const { pipeline, submissions } = opened;
    const { listRuns } = await import('@foldwise/train');
    const runs = await listRuns(submissions, pipeline.name);
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
    if (chosen.length < 2) throw new Error(tooFew(pipeline.name, chosen));

    const { writeEnsemble } = await import('../write-ensemble.ts');
    const folder = join(submissions, pipeline.name, 'ensemble');
    const { metrics, members } = await writeEnsemble(
      opened,
      complete.filter((run) => chosen.includes(run.name)),
      folder,
    );
    const { metric, score } = metrics;
    const where = relative(process.cwd(), folder);
    const text = [
      formatTable([['run', metric], ...members.map((run) => [run.name, formatScore(run.score)])]),
      bold(`${pipeline.name}, mean of ${members.length} runs: ${metric} ${formatScore(score)} on all rows`),
      ...warnIfWorse(members, metrics),
      `Files: ${where}`,
      `Next: submit ${join(where, 'submission.csv')}`,
    ].join('\n');
    return { json: { pipeline: pipeline.name, folder: where, members, metrics }, text };
  },
};

/** A mean with a much weaker run can be worse than the better run alone. */
function warnIfWorse(
  members: readonly { name: string; score: number | null }[],
  { score, direction }: { score: number | null; direction: 'lower' | 'higher' },
): string[] {
  const sign = direction === 'lower' ? 1 : -1;
  const cost = (value: number | null): number => (value === null ? Infinity : sign * value);
  const best = members.reduce((a, b) => (cost(b.score) < cost(a.score) ? b : a));
  return cost(best.score) < cost(score)
    ? [`Beware: ${best.name} alone is better; leave weak runs out with --runs`]
    : [];
}

function tooFew(pipeline: string, [only]: string[]): string {
  if (only === undefined)
    return `${pipeline} has no complete run to blend: train one with \`npx foldwise cv ${pipeline}\``;
  return (
    `there is only the run ${only} to blend; train another, with another head or seed, ` +
    `as by \`npx foldwise cv ${pipeline} --seed 1\``
  );
}
