/** Finds what is to be predicted: train's columns that test lacks, by the columns of the sample. */
import { classLists, type ClassLists } from '../competition/class-lists.ts';
import type { FileTable } from '../tables/read-table.ts';
import { matchClasses } from './match-classes.ts';
import type { Ids } from './find-ids.ts';
import { cellsOf, type Finding, type Given, type Profiles, type Tables } from './tables.ts';
import { Undecided } from './undecided.ts';

export interface Targets {
  target: string[];
  /** What the sample's columns of other names hold. */
  submission: Record<string, string>;
  /** The sample has a column for each class. */
  hasClassColumns: boolean;
  /** The sample ranks the target's values in a cell. */
  lists?: ClassLists;
  finding: Finding;
}

/** @throws Undecided; Error where the sample asks for what the train file does not have */
export function findTargets(
  tables: Tables,
  ids: Ids,
  context: { given: Given; profiles: Profiles },
): Targets {
  const targets = bySample(tables, ids, context);
  const { target, submission, hasClassColumns } = targets;
  if (target.length > 1 || hasClassColumns) return targets;
  const column = Object.keys(submission)[0] ?? target[0]!;
  const lists = listsOf(tables.sample, column, target[0]!, context.profiles);
  return lists ? { ...targets, lists } : targets;
}

function bySample(
  tables: Tables,
  ids: Ids,
  { given, profiles }: { given: Given; profiles: Profiles },
): Targets {
  const { train, test, sample } = tables;
  const predicted = sample.header.filter((name) => name !== ids.sample);
  if (predicted.length === 0)
    throw new Error(`${sample.path}:1: expected a column to predict beside the ids ${ids.sample}`);
  // Some test files have the target's column, without a value.
  const isAbsent = (name: string): boolean =>
    !test.header.includes(name) || cellsOf(test, name).every((cell) => cell.trim() === '');
  if (given.target) return giveTarget(given.target, predicted, tables, profiles);
  if (predicted.every((name) => train.header.includes(name) && isAbsent(name)))
    return {
      target: predicted,
      submission: {},
      hasClassColumns: false,
      finding: { what: 'target', value: predicted.join(', '), why: 'in train and the sample, not in test' },
    };

  const candidates = train.header.filter((name) => name !== ids.train && !test.header.includes(name));
  const labels = candidates.filter((name) => !isFreeText(name, profiles));
  if (labels.length === 0) {
    const found = candidates.length > 0 ? `only texts (${candidates.join(', ')})` : 'no column';
    throw new Undecided(
      'target',
      `train has ${found} that test lacks, and the sample's ${listed(predicted)} is not among train's columns`,
      [],
    );
  }
  if (predicted.length > 1) return byClasses(predicted, labels, tables, profiles);
  const [only] = predicted;
  const ranked = labels.filter((label) => listsOf(sample, only!, label, profiles));
  if (ranked.length === 0) refuseLists(sample, only!, labels, profiles);
  const [chosen, why] =
    ranked.length === 1
      ? [ranked[0]!, 'the column whose values the sample ranks']
      : chooseLabel(only!, labels, tables, profiles);
  return {
    target: [chosen],
    submission: { [only!]: chosen },
    hasClassColumns: false,
    finding: { what: 'target', value: chosen, why: `${why}; the sample calls it ${only}` },
  };
}

const listed = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');

const isFreeText = (name: string, profiles: Profiles): boolean => {
  const { words, distinct, rows } = profiles.get(name)!;
  return words >= 3 && distinct > rows / 2;
};

function giveTarget(
  target: string[],
  predicted: string[],
  { train, sample }: Tables,
  profiles: Profiles,
): Targets {
  const unknown = target.find((name) => !train.header.includes(name));
  if (unknown !== undefined)
    throw new Error(`--target: there is no column ${JSON.stringify(unknown)} in ${train.path}`);
  const finding = { what: 'target', value: target.join(', '), why: 'as given' };
  const isNamed = target.length === predicted.length && target.every((name) => predicted.includes(name));
  if (isNamed) return { target, submission: {}, hasClassColumns: false, finding };
  if (target.length === 1 && predicted.length === 1)
    return { target, submission: { [predicted[0]!]: target[0]! }, hasClassColumns: false, finding };
  const classes = target.length === 1 ? (profiles.get(target[0]!)!.values ?? []) : target;
  const found = matchClasses(predicted, classes);
  if (!found)
    throw new Error(
      `${sample.path}:1: expected ${target.length > 1 ? 'the targets' : `the target ${target[0]}, or a column for each of its values (${listed(classes)})`}, got ${listed(predicted)}`,
    );
  return { target, submission: renamed(predicted, found), hasClassColumns: target.length === 1, finding };
}

const renamed = (columns: readonly string[], holds: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.flatMap((name, c) => (name === holds[c] ? [] : [[name, holds[c]!]])));

/** Several columns of the sample that are not columns of train: classes of one, or targets of other names. */
function byClasses(
  predicted: string[],
  labels: string[],
  { train, sample }: Tables,
  profiles: Profiles,
): Targets {
  for (const name of labels) {
    const { values } = profiles.get(name)!;
    const holds = values && matchClasses(predicted, values);
    if (!holds) continue;
    return {
      target: [name],
      submission: renamed(predicted, holds),
      hasClassColumns: true,
      finding: {
        what: 'target',
        value: name,
        why: `the sample has a column for each of its values: ${listed(predicted)}`,
      },
    };
  }
  const holds = matchClasses(predicted, labels);
  if (!holds)
    throw new Undecided(
      'target',
      `the sample's columns ${listed(predicted)} are neither columns of ${train.path} nor the values of one (${sample.path}:1)`,
      labels,
    );
  return {
    target: holds,
    submission: renamed(predicted, holds),
    hasClassColumns: false,
    finding: { what: 'target', value: holds.join(', '), why: `the sample calls them ${listed(predicted)}` },
  };
}

const listsOf = (
  sample: FileTable,
  column: string,
  label: string,
  profiles: Profiles,
): ClassLists | undefined => classLists(cellsOf(sample, column), profiles.get(label)?.values ?? []);

/** Several labels in one cell, which a submission is not written with. */
function refuseLists(sample: FileTable, name: string, labels: readonly string[], profiles: Profiles): void {
  const known = new Set(labels.flatMap((label) => profiles.get(label)!.values ?? []));
  const cells = cellsOf(sample, name).map((cell) => cell.trim());
  const isList = (cell: string): boolean => /^[\w.:-]+([ ,;|]+[\w.:-]+)+$/.test(cell) && !known.has(cell);
  const lists = cells.filter(
    (cell) =>
      cell !== '' &&
      isList(cell) &&
      cell.split(/[ ,;|]+/).every((part) => known.has(part) || /^\d+$|[_:]/.test(part)),
  );
  if (lists.length === 0) return;
  throw new Error(
    `${sample.path}, column ${JSON.stringify(name)}: holds lists of labels, such as ${JSON.stringify(lists[0])}; Foldwise writes one value, or a column for each label`,
  );
}

/** Names that people give to what is to be predicted. */
const USUAL = ['target', 'label', 'labels', 'class', 'y', 'category', 'score', 'rating'];

/** Names of what is known about a label, rather than of one. */
const ABOUT = /variance|std|stderr|error|deviation|confidence|count|votes|annotator|worker|date|time|url/i;

function chooseLabel(
  wanted: string,
  labels: string[],
  { train, sample }: Tables,
  profiles: Profiles,
): [string, string] {
  if (labels.length === 1) return [labels[0]!, 'the only column of train that test lacks'];
  const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const alike = labels.filter((name) => plain(name) === plain(wanted));
  if (alike.length === 1)
    return [alike[0]!, `of train's columns that test lacks (${listed(labels)}), the one of this name`];
  const usual = labels
    .filter((name) => USUAL.includes(plain(name)))
    .sort((a, b) => USUAL.indexOf(plain(a)) - USUAL.indexOf(plain(b)));
  if (usual.length > 0)
    return [
      usual[0]!,
      `of train's columns that test lacks (${listed(labels)}), the one with a target's name`,
    ];
  const own = labels.filter((name) => !ABOUT.test(name));
  if (own.length === 1)
    return [
      own[0]!,
      `of train's columns that test lacks (${listed(labels)}), the one that is a label by its name`,
    ];
  const cells = new Set(cellsOf(sample, wanted).map((cell) => cell.trim()));
  const holding = labels.filter((name) => {
    const { values, isNumeric } = profiles.get(name)!;
    return !isNumeric && values && [...cells].every((cell) => values.includes(cell));
  });
  if (holding.length === 1)
    return [
      holding[0]!,
      `of train's columns that test lacks (${listed(labels)}), the one that has the sample's values`,
    ];
  throw new Undecided(
    'target',
    `test lacks ${labels.length} columns of ${train.path} (${listed(labels)}), and the sample's ${wanted} is none of them`,
    labels,
  );
}
