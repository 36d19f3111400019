/** Tells what kind of answer is asked for, from the targets' values, their names, and the columns of the sample. */
import type { Task } from '../competition/manifest.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Targets } from './find-targets.ts';
import { cellsOf, type Finding, type Given, type Profiles, type Tables } from './tables.ts';
import { twoClasses } from './two-classes.ts';
import { Undecided } from './undecided.ts';

export interface FoundTask {
  task: Task;
  /** As the manifest has them. */
  classes: string[] | undefined;
  finding: Finding;
}

type Guess = [task: Task, why: string, others?: readonly Task[]];

/** @throws Undecided; Error for targets that are none of the tasks */
export function findTask(
  { train }: Tables,
  targets: Targets,
  { given, profiles }: { given: Given; profiles: Profiles },
): FoundTask {
  const { target } = targets;
  const looks = target.map((name) => profiles.get(name)!);
  if (!given.task) refuseOthers(looks, train.path);
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
    finding: { what: 'task', value: task, why: why + named, ...(others && { others }) },
  };
}

/** Free text, lists of labels, and columns without two values. */
function refuseOthers(looks: readonly ColumnProfile[], path: string): void {
  for (const { name, words, distinct, rows, empty, isNumeric } of looks) {
    const column = `the target ${JSON.stringify(name)} of ${path}`;
    if (distinct === 0) throw new Error(`${column} is empty in all rows`);
    if (distinct === 1)
      throw new Error(`${column} has the same value in all rows: nothing can be learnt from it`);
    const filled = rows - empty;
    if (isNumeric || distinct <= Math.max(50, filled / 5)) continue;
    throw new Error(
      `${column} holds ${words > 2 ? 'texts' : 'names'}, ${distinct} unlike ones in ${filled} rows: a part of the text, an answer in words or a list of labels; Foldwise predicts numbers, classes, and labels with a column of 0 and 1 each`,
    );
  }
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
