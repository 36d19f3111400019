/** `foldwise cv`: trains all folds, leaving out those that are done. */
import { join } from 'node:path';
import { bold, formatDuration, formatScore, formatScores, formatTable } from '../render/format.ts';
import type { Arguments, Command, Context, Outcome } from './command.ts';
import { pipelinePositional, trainingOptions } from '../options/pipeline-options.ts';
import { describePostProcessing } from '../render/describe-post-processing.ts';
import type { Trained } from '../runs/train-folds.ts';

export const cv: Command = {
  name: 'cv',
  describe: 'train all folds that are not done yet, and write the submission',
  positionals: pipelinePositional,
  options: {
    folds: { type: 'string', requiresArg: true, describe: 'only these, such as 0,2' },
    experiments: { type: 'boolean', describe: 'all experiments of the pipeline, one after the other' },
    ...trainingOptions,
  },
  takesOverrides: true,
  async run(args, context) {
    if (!args['experiments']) return crossValidate(args, context);
    const { allExperiments } = await import('../runs/all-experiments.ts');
    return allExperiments(args, context, crossValidate);
  },
};

async function crossValidate(args: Arguments, context: Context): Promise<Outcome> {
  const asked = args['folds'];
  const { parseFold } = await import('../options/parse-fold.ts');
  const { trainFolds } = await import('../runs/train-folds.ts');
  const trained = await trainFolds(args, context, (k) => {
    if (asked === undefined) return Array.from({ length: k }, (_, fold) => fold);
    return [
      ...new Set(
        String(asked)
          .split(',')
          .map((text) => parseFold(text, k)),
      ),
    ].sort((a, b) => a - b);
  });
  const { run, folder, done, missing, metrics } = trained;
  const { readSubmission } = await import('@foldwise/runs');
  const { warnings } = metrics ? await readSubmission(run.folder) : { warnings: [] };
  const { folds } = trained;
  return {
    json: { run: run.name, folder, done, missing, metrics: metrics ?? null, folds, warnings },
    text: describe(trained, warnings),
  };
}

function describe(
  { run, folds, missing, metrics, folder, flags }: Trained,
  warnings: readonly string[],
): string {
  const name = run.metric.name;
  const tuned = metrics?.postProcessing;
  // The rows of one hold-out are dealt to parts, and repeats have more folds than parts: those have no lines of their own.
  const parts = tuned?.folds.length === run.split.count ? tuned.folds : undefined;
  const table = formatTable([
    ['fold', name, ...(parts ? [tuned!.kind] : []), 'epoch', 'time'],
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
      `Files: ${folder}`,
      `Next: npx foldwise cv ${run.config.name}${flags} for fold ${missing.join(', ')}`,
    ].join('\n');
  const { mean, sd } = metrics.folds[name]!;
  const others = formatScores(metrics.scores, name);
  return [
    table,
    bold(
      `${run.config.name}, ${run.name}: ${name} ${formatScore(metrics.score)} on ${metrics.rows.oof === undefined ? 'all rows' : `${metrics.rows.oof} held-out rows`}`,
    ) + `, folds ${formatScore(mean)} ± ${formatScore(sd)}`,
    ...(others === '' ? [] : [others]),
    ...describePostProcessing(run, metrics),
    ...warnings.map((warning) => `Beware: ${warning}`),
    `Files: ${folder}`,
    `Next: submit ${join(folder, 'submission.csv')}, or train another head or seed and run npx foldwise ensemble ${run.config.name}`,
  ].join('\n');
}
