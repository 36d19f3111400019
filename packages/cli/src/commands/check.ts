/** `foldwise check`: looks through a competition's files, and writes a report of what looks wrong. */
import type { Command } from './command.ts';
import { pipelinePositional } from '../options/pipeline-options.ts';
import { UsageError } from '../usage-error.ts';

export const check: Command = {
  name: 'check',
  describe: 'look for what is wrong with the competition’s files, near-duplicate texts included',
  positionals: pipelinePositional,
  options: {
    similarity: {
      type: 'number',
      default: 0.8,
      describe: 'how alike texts must be to be named, 0.7 to 1',
    },
  },
  takesOverrides: true,
  async run({ pipeline, similarity }, context) {
    if (!((similarity as number) >= 0.7 && (similarity as number) <= 1))
      throw new UsageError(`--similarity: expected a number from 0.7 to 1, got ${similarity}`);
    const { checkData } = await import('../data/check-data.ts');
    return checkData(pipeline as string | undefined, similarity as number, context);
  },
};
