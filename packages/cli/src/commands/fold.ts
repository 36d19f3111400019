/** `foldwise fold`: trains one fold. */
import { join } from 'node:path';
import type { FoldMetrics } from '@foldwise/runs';
import { bold, formatDuration, formatScore, formatScores } from '../render/format.ts';
import type { Command } from './command.ts';
import { pipelinePositional, trainingOptions } from '../options/pipeline-options.ts';
import type { Trained } from '../runs/train-folds.ts';

export const fold: Command = {
  name: 'fold',
  describe: 'train one fold, and predict its held-out rows and the test rows',
  positionals: pipelinePositional,
  options: {
    fold: { type: 'string', requiresArg: true, default: '0', describe: 'its number, from 0' },
    ...trainingOptions,
  },
  takesOverrides: true,
  async run(args, context) {
    const { parseFold } = await import('../options/parse-fold.ts');
    const { trainFolds } = await import('../runs/train-folds.ts');
    const trained = await trainFolds(args, context, (k) => [parseFold(String(args['fold']), k)]);
    const metrics = trained.folds[0]!;
    const folder = join(trained.folder, `fold-${metrics.fold}`);
    return { json: { run: trained.run.name, folder, ...metrics }, text: describe(trained, metrics, folder) };
  },
};

function describe(
  { run, missing, folder: runFolder, flags }: Trained,
  metrics: FoldMetrics,
  folder: string,
): string {
  const { fold, metric, score, scores, epochs, bestEpoch, seconds, tokensPerSecond, peakMemoryBytes } =
    metrics;
  const others = formatScores(scores, metric);
  const next =
    missing.length > 0
      ? `npx foldwise cv ${run.config.name}${flags} for the other folds`
      : `submit ${join(runFolder, 'submission.csv')}`;
  return [
    bold(`${run.config.name}, fold ${fold} of ${run.split.count}: ${metric} ${formatScore(score)}`),
    ...(others === '' ? [] : [others]),
    `Epoch ${bestEpoch} of ${epochs.length}; ${formatDuration(seconds.total)}, ` +
      `${Math.round(tokensPerSecond)} tokens/s, ${(peakMemoryBytes / 2 ** 30).toFixed(1)} GiB`,
    `Files: ${folder}`,
    `Next: ${next}`,
  ].join('\n');
}
