/** `foldwise fold`: trains one fold. */
import { join } from 'node:path';
import type { TrainedRun } from 'foldwise';
import { formatDuration, formatScore } from 'foldwise/format';
import { pipelinePositional, trainingFlags, trainingOptions } from '../options/pipeline-options.ts';
import { parseFold } from '../options/parse-numbers.ts';
import { describeKept } from '../render/describe-kept.ts';
import { bold, formatScores, gibibytes } from '../render/format.ts';
import { here } from '../render/here.ts';
import type { Command } from './command.ts';

export const fold: Command = {
  name: 'fold',
  describe: 'train one fold, and predict its held-out rows and the test rows',
  positionals: pipelinePositional,
  options: {
    fold: { type: 'string', requiresArg: true, default: '0', describe: 'its number, from 0' },
    ...trainingOptions,
  },
  examples: [
    ['fold movie-sentiment', 'the first fold: a score within a fraction of the time'],
    ['fold movie-sentiment --fold 2 --lr 5e-5 --training.warmup 0.2', 'another one, with other settings'],
  ],
  takesOverrides: true,
  async run(args, { overrides, listeners, onStop }) {
    const { trainFold } = await import('foldwise');
    const { options, flags } = trainingFlags(args, overrides);
    const run = await trainFold({
      ...listeners,
      ...options,
      experiment: args['experiment'] as string | undefined,
      fold: parseFold(String(args['fold'])),
      onRun: (begun) => onStop(() => describeKept(begun)),
    });
    const metrics = run.folds[0]!;
    const folder = join(run.folder, `fold-${metrics.fold}`);
    return { json: { run: run.name, folder, ...metrics }, text: describe(run, folder, flags) };
  },
};

function describe(
  { pipeline, folds, foldCount, missing, submission }: TrainedRun,
  folder: string,
  flags: string,
) {
  const { fold, metric, score, scores, epochs, bestEpoch, seconds, tokensPerSecond, peakMemoryBytes } =
    folds[0]!;
  const others = formatScores(scores, metric);
  const next =
    missing.length > 0
      ? `npx foldwise cv ${pipeline}${flags} for the other folds`
      : `submit ${here(submission)}`;
  return [
    bold(`${pipeline}, fold ${fold} of ${foldCount}: ${metric} ${formatScore(score)}`),
    ...(others === '' ? [] : [others]),
    `Epoch ${bestEpoch} of ${epochs.length}; ${formatDuration(seconds.total)}, ` +
      `${Math.round(tokensPerSecond)} tokens/s, ${gibibytes(peakMemoryBytes)}`,
    `Files: ${here(folder)}`,
    `Next: ${next}`,
  ].join('\n');
}
