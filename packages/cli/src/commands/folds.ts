/** `foldwise folds`: writes and shows how the rows of a competition are split. */
import type { Folds } from 'foldwise';
import { asFlags, pipelinePositional } from '../options/pipeline-options.ts';
import { describeChecks } from '../render/describe-checks.ts';
import { formatTable } from '../render/format.ts';
import { here } from '../render/here.ts';
import type { Command } from './command.ts';

/** So many columns of shares fit on a screen; the file and --json have all. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 40;

export const folds: Command = {
  name: 'folds',
  describe: 'write and show how the rows are split into folds, and look for leaks',
  positionals: pipelinePositional,
  options: {
    'group-duplicates': {
      type: 'boolean',
      describe: 'keep texts that are nearly the same in one fold; short for --folds.groupDuplicates true',
    },
    quick: {
      type: 'boolean',
      default: false,
      describe: 'leave out what takes long: near-duplicates, and train against test',
    },
  },
  examples: [
    ['folds movie-sentiment', 'write folds.csv, and look for leaks'],
    ['folds movie-sentiment --folds.kind group --folds.group author', 'all rows of an author in one fold'],
  ],
  takesOverrides: true,
  async run(args, { overrides, listeners }) {
    const { makeFolds } = await import('foldwise');
    const together = args['group-duplicates'];
    const settings = together === undefined ? overrides : { ...overrides, 'folds.groupDuplicates': together };
    const made = await makeFolds({
      ...listeners,
      pipeline: args['pipeline'] as string | undefined,
      quick: Boolean(args['quick']),
      settings,
    });
    const { labelsAre, rows, table, ...json } = made;
    return { json, text: describe(made, asFlags(settings)) };
  },
};

function describe(made: Folds, flags: string): string {
  const { pipeline, folds: count, kind, seed, hash, file, plot, labelsAre, rows } = made;
  const { names, parts, neverHeldOut, warnings, nearDuplicates, groups, adversarial } = made;
  const left = names.length - MOST_COLUMNS;
  const few = parts.length > MOST_ROWS ? [...parts.slice(0, MOST_ROWS - 1), parts.at(-1)!] : parts;
  const table = formatTable([
    ['fold', 'rows', 'trained on', ...names.slice(0, MOST_COLUMNS).map((n) => `${labelsAre} ${n}`)],
    ...few.map(({ name, rows, train, labels }) => [
      name,
      String(rows),
      String(train),
      ...labels.slice(0, MOST_COLUMNS).map((v) => v.toFixed(4)),
    ]),
  ]);
  return [
    `${pipeline}: ${rows} rows in ${count} fold${count === 1 ? '' : 's'}, ${kind}, seed ${seed}, hash ${hash.slice(0, 8)}`,
    table,
    ...(few.length < parts.length ? [`(${parts.length - few.length} further folds: --json has all)`] : []),
    ...(left > 0 ? [`(${left} further labels: --json has all)`] : []),
    ...(neverHeldOut > 0
      ? [`In no fold: ${neverHeldOut} rows, which are trained on only; scores do not see them`]
      : []),
    ...warnings.map((warning) => `Beware: ${warning}`),
    ...(nearDuplicates ? describeChecks({ groups, nearDuplicates, adversarial }) : []),
    `Files: ${here(file)}, ${here(plot)}`,
    `Next: npx foldwise fold ${pipeline}${flags}`,
  ].join('\n');
}
