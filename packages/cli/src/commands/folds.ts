/** `foldwise folds`: writes and shows how the rows of a competition are split. */
import type { Command } from '../command.ts';
import { pipelinePositional } from '../pipeline-options.ts';

export const folds: Command = {
  name: 'folds',
  describe: 'write and show how the rows are split into folds',
  positionals: pipelinePositional,
  options: {},
  takesOverrides: true,
  async run({ pipeline }, { overrides }) {
    const { showFolds } = await import('../show-folds.ts');
    return showFolds(pipeline as string | undefined, overrides);
  },
};
