/** `foldwise leaderboard`: ranks the runs of a pipeline, and tells which differences are noise. */
import writeFileAtomic from 'write-file-atomic';
import { pipelinePositional } from '../options/pipeline-options.ts';
import { describeBoard } from '../render/describe-board.ts';
import type { Command } from './command.ts';

export const leaderboard: Command = {
  name: 'leaderboard',
  describe: 'rank the runs, with ties where differences are noise, beside their public scores',
  positionals: pipelinePositional,
  options: {
    metric: { type: 'string', requiresArg: true, describe: "rank by another metric than the pipeline's" },
    alpha: {
      type: 'string',
      requiresArg: true,
      default: '0.05',
      describe: 'a difference that chance makes more rarely than this is none of noise',
    },
    csv: {
      type: 'string',
      requiresArg: true,
      describe: 'write all as CSV into this file; - for the terminal',
    },
  },
  examples: [
    ['leaderboard movie-sentiment', 'all complete runs, the best first'],
    ['leaderboard movie-sentiment --metric mae --csv board.csv', 'by another metric, into a file'],
  ],
  async run(args, { listeners }) {
    const { leaderboard: rank, UsageError } = await import('foldwise');
    const alpha = Number(args['alpha']);
    if (Number.isNaN(alpha))
      throw new UsageError(`--alpha: expected a number between 0 and 1, got "${String(args['alpha'])}"`);
    const board = await rank({
      ...listeners,
      pipeline: args['pipeline'] as string | undefined,
      metric: args['metric'] as string | undefined,
      alpha,
    });
    const { table, csv, ...json } = board;
    const file = args['csv'] as string | undefined;
    if (file === '-') return { json, text: csv().trimEnd() };
    if (file !== undefined) {
      await writeFileAtomic(file, csv());
      return { json, text: `${file}: ${table().numRows()} runs of ${board.pipeline}` };
    }
    const width = process.stdout.isTTY ? process.stdout.columns : 120;
    return { json, text: describeBoard(board, { ...board, width }) };
  },
};
