/** Tells what kind of answer is asked for, from the targets' values, their names, and the columns of the sample. */
import type { Task } from '../competition/manifest.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Targets } from './find-targets.ts';
import { cellsOf, type Finding, type Given, type Profiles, type Tables } from './tables.ts';
import { isLooseNumber } from '../tables/missing-cells.ts';
import type { FileTable } from '../tables/read-table.ts';
import { Problems } from '../problems/problems.ts';
import { twoClasses } from './two-classes.ts';
import { Undecided } from './undecided.ts';

export interface FoundTask {
  task: Task;
  /** As the manifest has them. */
  classes: string[] | undefined;
  finding: Finding;
}

/** More numbers than these are hardly classes. */
const FEW_CLASSES = 20;

type Guess = [task: Task, why: string, others?: readonly Task[]];

/** @throws Undecided; Error for targets that are none of the tasks */
export function findTask(
  { train }: Tables,
  targets: Targets,
  { given, profiles }: { given: Given; profiles: Profiles },
): FoundTask {
  const { target } = targets;
  const looks = target.map((name) => profiles.get(name)!);
  if (!given.task)
    looks.forEach((look) => {
      refuseOthers(look, train);
    });
  const [task, why, others] = given.task
    ? ([given.task, 'as given'] as Guess)
    : target.length > 1
      ? ofSeveral(target, looks, (name) => cellsOf(train, name))
      : ofOne(looks[0]!, targets);
  const classes = classesOf(task, looks, targets);
  const named = classes ? `; ${classes[0]} is no, ${classes[1]} is yes` : '';
  return {
    task,
    classes: classes && [...classes],
    finding: {
      what: 'task',
      value: task,
      why: why + named + missing(task, looks),
      ...(others && { others }),
    },
  };
}

/** Names that may have been meant for no value at all: such classes are told. */
function missing(task: Task, looks: readonly ColumnProfile[]): string {
  const words = looks.flatMap(({ missingWords }) => missingWords);
  if (words.length === 0 || task === 'regression') return '';
  const shown = words.map((word) => JSON.stringify(word)).join(', ');
  return `; ${shown} ${words.length > 1 ? 'are classes' : 'is a class'}: where no value is meant, empty these cells`;
}

/** Free text, numbers with mistakes among them, and columns without two values. */
function refuseOthers(look: ColumnProfile, train: FileTable): void {
  const { name, words, distinct, rows, empty, isNumeric } = look;
  const column = `the target ${JSON.stringify(name)} of ${train.path}`;
  if (distinct === 0) throw new Error(`${column} is empty in all rows`);
  if (distinct === 1)
    throw new Error(`${column} has the same value in all rows: nothing can be learnt from it`);
  refuseMistakes(look, train);
  const filled = rows - empty;
  if (isNumeric || distinct <= Math.max(50, filled / 5)) return;
  throw new Error(
    `${column} holds ${words > 2 ? 'texts' : 'names'}, ${distinct} unlike ones in ${filled} rows: a part of the text, or an answer in words; Foldwise predicts numbers, classes and labels`,
  );
}

/** A few cells that are no numbers, among numbers: where these are many, or the cells are numbers to people. */
function refuseMistakes(
  { name, odd, distinct }: ColumnProfile,
  { path, unit, lines, cells }: FileTable,
): void {
  if (odd.length === 0) return;
  const wrong = new Set(odd);
  const problems = new Problems(path, unit);
  cells(name).forEach((cell, row) => {
    if (wrong.has(cell.trim()))
      problems.add(lines[row]!, name, `expected a number, got ${JSON.stringify(cell)}`);
  });
  const what = 'correct these cells; rows whose cell is empty, or NaN, are left out';
  if (odd.every(isLooseNumber) || distinct - odd.length > FEW_CLASSES) problems.throwIfAny(what);
  const shown = odd
    .slice(0, 5)
    .map((cell) => JSON.stringify(cell))
    .join(', ');
  throw new Undecided(
    'task',
    `${problems.lines().join('\n')}\n${path}, column ${JSON.stringify(name)}: ${shown} among ${distinct - odd.length} numbers are mistakes, or classes of their own; ${what}, or say what they are`,
    ['multi-class'],
  );
}

function ofSeveral(
  target: readonly string[],
  looks: readonly ColumnProfile[],
  cells: (name: string) => string[],
): Guess {
  const two = looks.every(({ distinct }) => distinct <= 2);
  const bits = looks.every(
    ({ values, isNumeric }) => isNumeric && values?.every((v) => [0, 1].includes(Number(v))),
  );
  if (bits) {
    const columns = target.map((name) => cells(name).map(Number));
    const isOne = columns[0]!.every((_, row) => columns.reduce((sum, column) => sum + column[row]!, 0) === 1);
    if (isOne) return ['multi-class', `each row has a 1 in one of the ${target.length} columns`];
    return ['multi-label', `${target.length} columns of 0 and 1`];
  }
  if (looks.every(({ isNumeric }) => isNumeric)) return ['regression', `${target.length} columns of numbers`];
  if (two && twoClasses(looks)) return ['multi-label', `${target.length} columns of two values`];
  const odd = looks.find(({ isNumeric }) => !isNumeric)!;
  throw new Error(
    `the target ${JSON.stringify(odd.name)} holds names, among ${target.length} targets: expected numbers in all of them, or the same two values; --target names the one to predict`,
  );
}

/** Names of columns whose whole numbers are classes, and of those whose numbers have an order. */
const CLASS = /class|label|categor|topic|intent|type|genre|author|lang|emotion|genre|cuisine|tag|kind|code/i;
const ORDER =
  /scor|rating|grade|star|level|sentiment|relevan|rank|quality|severity|review|difficult|stage|degree/i;

function ofOne({ name, values, distinct, isNumeric, rows, empty }: ColumnProfile, targets: Targets): Guess {
  if (targets.lists)
    return ['multi-class', `the sample ranks ${targets.lists.most} of its ${distinct} values in a cell`];
  if (distinct === 2) return ['binary', `two values: ${values!.join(', ')}`];
  if (!isNumeric) {
    return ['multi-class', `${distinct} names: ${shown(values!)}`];
  }
  if (targets.hasClassColumns)
    return ['multi-class', `${distinct} values, with a column for each in the sample`];
  const numbers = (values ?? []).map(Number).sort((a, b) => a - b);
  if (!values || !numbers.every(Number.isInteger))
    return ['regression', `${values ? `${distinct} unlike` : 'many'} numbers, not whole ones`];
  const range = `whole numbers from ${numbers[0]} to ${numbers.at(-1)}`;
  const isEveryClassFrequent = (rows - empty) / distinct >= 5;
  const [low, high] = [numbers[0]!, numbers.at(-1)!];
  const isWithoutGaps = high - low + 1 === distinct;
  if (CLASS.test(name) && isEveryClassFrequent) {
    const others: Task[] | undefined = distinct <= 20 ? ['ordinal', 'regression'] : undefined;
    return ['multi-class', `${range} under the name of classes`, others];
  }
  if (distinct > 20) return ['regression', `${distinct} ${range}`];
  if (ORDER.test(name) && isWithoutGaps)
    return ['ordinal', `${range} under a name that has an order`, ['regression', 'multi-class']];
  if (!isWithoutGaps) return ['regression', `${range}, with gaps`, ['multi-class', 'ordinal']];
  return low === 0 && distinct <= 4
    ? ['multi-class', `the ${range}, few and from 0`, ['ordinal', 'regression']]
    : ['ordinal', `the ${range}, all there`, ['regression', 'multi-class']];
}

const shown = (values: readonly string[]): string =>
  values.slice(0, 5).join(', ') + (values.length > 5 ? ` and ${values.length - 5} more` : '');

/** What the manifest needs of two-valued targets whose values are not 0 and 1. */
function classesOf(
  task: Task,
  looks: readonly ColumnProfile[],
  { hasClassColumns }: Targets,
): readonly string[] | undefined {
  if (task !== 'binary' && task !== 'multi-label') return undefined;
  const isBits = looks.every(({ values }) =>
    values?.every((value) => Number(value) === 0 || Number(value) === 1),
  );
  if (isBits && !hasClassColumns) return undefined;
  const classes = twoClasses(looks);
  if (!classes)
    throw new Undecided('task', `the targets do not have the same two values, as a ${task} task needs`, [
      'multi-class',
      'regression',
    ]);
  return classes;
}
