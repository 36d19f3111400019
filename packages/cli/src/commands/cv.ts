/** `foldwise cv`: trains all folds, leaving out those that are done. */
import type { TrainedRun } from 'foldwise';
import { formatDuration, formatScore } from 'foldwise/format';
import { pipelinePositional, trainingFlags, trainingOptions } from '../options/pipeline-options.ts';
import { parseFold } from '../options/parse-numbers.ts';
import { describePostProcessing } from '../render/describe-post-processing.ts';
import { describeKept } from '../render/describe-kept.ts';
import { bold, formatScores, formatTable } from '../render/format.ts';
import { here } from '../render/here.ts';
import { UsageError } from 'foldwise/usage-error';
import type { Command } from './command.ts';

export const cv: Command = {
  name: 'cv',
  describe: 'train all folds that are not done yet, and write the submission',
  positionals: pipelinePositional,
  options: {
    folds: { type: 'string', requiresArg: true, describe: 'only these, such as 0,2' },
    experiments: { type: 'boolean', describe: 'all experiments of the pipeline, one after the other' },
    ...trainingOptions,
  },
  examples: [
    ['cv movie-sentiment', 'train all folds; after a stop, the same command goes on'],
    ['cv movie-sentiment --head cls --seed 1', 'another head and another seed, in a run of its own'],
    ['cv movie-sentiment --experiments', 'each experiment of pipeline.ts'],
  ],
  takesOverrides: true,
  async run(args, { overrides, listeners, onStop }) {
    const { crossValidate, crossValidateAll } = await import('foldwise');
    const { options, flags } = trainingFlags(args, overrides);
    const asked = args['folds'];
    const common = {
      ...listeners,
      ...options,
      folds: asked === undefined ? undefined : String(asked).split(',').map(parseFold),
      onRun: (run: Parameters<typeof describeKept>[0]) => onStop(() => describeKept(run)),
    };
    if (!args['experiments']) {
      const run = await crossValidate({ ...common, experiment: args['experiment'] as string | undefined });
      return { json: asJson(run), text: describe(run, flags) };
    }
    if (args['experiment'] !== undefined)
      throw new UsageError('give --experiment or --experiments, not both');
    const runs = await crossValidateAll({
      ...common,
      onExperiment: (name, place, count) => listeners.onNote(`Experiment ${name}, ${place} of ${count}`),
    });
    const each = [...runs];
    return {
      json: Object.fromEntries(each.map(([name, run]) => [name, asJson(run)])),
      text: each
        .map(
          ([name, run]) => `${bold(`Experiment ${name}`)}\n${describe(run, ` --experiment ${name}${flags}`)}`,
        )
        .join('\n\n'),
    };
  },
};

const asJson = ({ name, folder, done, missing, metrics, folds, warnings }: TrainedRun) => ({
  run: name,
  folder,
  done,
  missing,
  metrics: metrics ?? null,
  folds,
  warnings,
});

function describe(run: TrainedRun, flags: string): string {
  const { name, pipeline, folds, missing, metrics, warnings, foldCount } = run;
  const metric = run.metric.name;
  const tuned = metrics?.postProcessing;
  // The rows of one hold-out are dealt to parts, and repeats have more folds than parts: those have no lines of their own.
  const parts = tuned?.folds.length === foldCount ? tuned.folds : undefined;
  const table = formatTable([
    ['fold', metric, ...(parts ? [tuned!.kind] : []), 'epoch', 'time'],
    ...folds.map(({ fold, score, bestEpoch, epochs, seconds }) => [
      String(fold),
      formatScore(score),
      ...(parts ? [formatScore(parts[fold]!.nested)] : []),
      `${bestEpoch} of ${epochs.length}`,
      formatDuration(seconds.total),
    ]),
  ]);
  if (!metrics)
    return [
      table,
      `Files: ${here(run.folder)}`,
      `Next: npx foldwise cv ${pipeline}${flags} for fold ${missing.join(', ')}`,
    ].join('\n');
  const { mean, sd } = metrics.folds[metric]!;
  const others = formatScores(metrics.scores, metric);
  return [
    table,
    bold(
      `${pipeline}, ${name}: ${metric} ${formatScore(metrics.score)} on ${metrics.rows.oof === undefined ? 'all rows' : `${metrics.rows.oof} held-out rows`}`,
    ) + `, folds ${formatScore(mean)} ± ${formatScore(sd)}`,
    ...(others === '' ? [] : [others]),
    ...describePostProcessing(run, tuned),
    ...warnings.map((warning) => `Beware: ${warning}`),
    `Files: ${here(run.folder)}`,
    `Next: submit ${here(run.submission)}, or train another head or seed and run npx foldwise ensemble ${pipeline}`,
  ].join('\n');
}
