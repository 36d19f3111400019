/** `foldwise reproduce`: makes a submission again from what its manifest says, and compares. */
import { join } from 'node:path';
import type { Reproduction } from 'foldwise';
import { engineFlags, engineOptions } from '../options/engine-options.ts';
import { bold } from '../render/format.ts';
import { here } from '../render/here.ts';
import type { Command } from './command.ts';

export const reproduce: Command = {
  name: 'reproduce',
  describe: 'make a submission again from its records, and compare bit by bit',
  positionals: {
    submission: {
      type: 'string',
      demandOption: true,
      describe: 'a run or an ensemble, by its name, its folder or its submission.csv',
    },
  },
  options: {
    retrain: { type: 'boolean', default: false, describe: 'train folds that are gone' },
    output: { type: 'string', requiresArg: true, describe: 'also keep what was made, as this file' },
    ...engineFlags,
  },
  examples: [
    ['reproduce movie-sentiment/ensemble', 'from the folds that are there'],
    ['reproduce minilm-l6-v2-mean-s0-30e6ad --retrain', 'a run, training the folds that are gone'],
  ],
  async run(args, { listeners, onStop }) {
    const { reproduce: again } = await import('foldwise');
    onStop(() => 'The submission is as it was.');
    const made = await again({
      ...listeners,
      ...engineOptions(args),
      submission: String(args['submission']),
      retrain: Boolean(args['retrain']),
      output: args['output'] as string | undefined,
    });
    const { name, same, sha256, trained, difference } = made;
    return {
      json: {
        name,
        same,
        sha256,
        trained: Object.fromEntries(trained.map(({ run, folds }) => [run, folds])),
        difference: difference ?? null,
      },
      text: describe(made),
      exitCode: same ? 0 : 1,
    };
  },
};

function describe({ folder, sha256, trained, difference, madeOf }: Reproduction): string {
  const { rows, folds, runs, blend } = madeOf;
  const csv = here(join(folder, 'submission.csv'));
  return [
    ...trained.map(
      ({ run, folds, differing }) =>
        `Trained fold ${folds.join(', ')} of ${run}: ${differing.length === 0 ? 'the same predictions' : `other predictions in fold ${differing.join(', ')}`}`,
    ),
    difference === undefined
      ? bold(`${csv}: the same bits again`) +
        `, SHA-256 ${sha256.got.slice(0, 16)}…, of ${rows} rows from ${folds} folds of ` +
        `${runs === 1 ? 'one run' : `${runs} runs`}${blend === undefined ? '' : `, blended by ${blend}`}`
      : `${bold(`${csv} comes out differently`)}: ${difference.where}; ${difference.cells} cells, by ${difference.farthest} at most`,
  ].join('\n');
}
