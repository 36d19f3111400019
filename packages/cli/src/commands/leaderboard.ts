/** `foldwise leaderboard`: ranks the runs of a pipeline, and tells which differences are noise. */
import type { Command } from './command.ts';
import { pipelinePositional } from '../options/pipeline-options.ts';

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
  async run(args) {
    const { showLeaderboard } = await import('../runs/show-leaderboard.ts');
    return showLeaderboard({
      pipeline: args['pipeline'] as string | undefined,
      metric: args['metric'] as string | undefined,
      alpha: String(args['alpha']),
      csv: args['csv'] as string | undefined,
    });
  },
};
