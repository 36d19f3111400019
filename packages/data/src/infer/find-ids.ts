/** Finds the columns that name the rows: test and sample share their ids; train has its own, or none. */
import type { FileTable } from '../tables/read-table.ts';
import { cellsOf, type Finding, type Given, type Tables } from './tables.ts';
import { Undecided } from './undecided.ts';

export interface Ids {
  /** The column's name in each file; undefined where a file has none. */
  train: string | undefined;
  test: string | undefined;
  sample: string;
  finding: Finding;
}

/** @throws Undecided; Error for a column that is not there */
export function findIds({ train, test, sample }: Tables, given: Given): Ids {
  const shared = findShared(test, sample, given.id);
  if (shared === undefined) return byOrder({ train, test, sample }, given);
  const { inTest, inSample } = shared;
  refuseStrangers(test, sample, shared);
  const testIds = new Set(cellsOf(test, inTest));
  const own = [inTest, inSample, ...train.header.filter((name) => ID_NAME.test(name))].find(
    (name) => train.header.includes(name) && isUnique(cellsOf(train, name)),
  );
  // Ids of another column are of other rows, whatever they are.
  const isReused = own === inTest && cellsOf(train, own).some((id) => testIds.has(id));
  const id = isReused ? undefined : own;
  const names = [...new Set([id, inTest, inSample].filter((name) => name !== undefined))].join(', ');
  const missing = testIds.size - sample.lines.length;
  const found = `the ids of ${same(inTest, inSample, 'test', 'sample')} are the same${missing > 0 ? `, but for ${missing} that the sample lacks` : ''}`;
  const inTrain = isReused
    ? `train counts its rows by the same ids anew, so they are known by their number`
    : id === undefined
      ? 'train has none, so its rows are known by their number'
      : id === inTest
        ? 'unique in train, too'
        : `train's own is ${id}`;
  return {
    train: id,
    test: inTest,
    sample: inSample,
    finding: { what: 'id', value: names, why: `${found}; ${inTrain}` },
  };
}

const ID_NAME =
  /(^|[^a-z])(id|ids|index|idx|key|uid|uuid|guid)$|[a-z](Id|ID|Index|Key)$|^(train|row|text|doc)_?id$/i;

const same = (a: string, b: string, fileA: string, fileB: string): string =>
  a === b ? `${fileA} and ${fileB}` : `${fileA}'s ${a} and ${fileB}'s ${b}`;

const isUnique = (cells: readonly string[]): boolean =>
  cells.every((cell) => cell.trim() !== '') && new Set(cells).size === cells.length;

/** The columns of test and sample that hold the same ids; else those of the same name, whose ids the checks compare. */
function findShared(
  test: FileTable,
  sample: FileTable,
  given: string | undefined,
): { inTest: string; inSample: string } | undefined {
  const isCandidate = (name: string): boolean => given === undefined || name === given;
  if (given !== undefined && !test.header.includes(given) && !sample.header.includes(given))
    throw new Error(`--id: there is no column ${JSON.stringify(given)} in ${test.path} or ${sample.path}`);
  const inSample = sample.header.filter((name) => isUnique(cellsOf(sample, name)));
  const inTest = test.header.filter((name) => isUnique(cellsOf(test, name)));
  const pairs = inSample
    .flatMap((s) => inTest.map((t) => ({ inTest: t, inSample: s })))
    .filter(({ inTest: t, inSample: s }) => isCandidate(t) || isCandidate(s))
    .sort((a, b) => Number(b.inTest === b.inSample) - Number(a.inTest === a.inSample));
  const equal = pairs.find((pair) => {
    const ids = new Set(cellsOf(test, pair.inTest));
    const others = cellsOf(sample, pair.inSample);
    return others.length === ids.size && others.every((id) => ids.has(id));
  });
  if (equal) return equal;
  const lower = (name: string): string => name.toLowerCase();
  return sample.header
    .flatMap((s) => inTest.map((t) => ({ inTest: t, inSample: s })))
    .find(({ inTest: t, inSample: s }) => (isCandidate(t) || isCandidate(s)) && lower(t) === lower(s));
}

/** In a sentence, where the checks before training would name each row. */
function refuseStrangers(
  test: FileTable,
  sample: FileTable,
  { inTest, inSample }: { inTest: string; inSample: string },
): void {
  const wanted = new Set(cellsOf(test, inTest));
  const given = new Set(cellsOf(sample, inSample));
  const strange = [...given].filter((id) => !wanted.has(id));
  if (strange.length === 0) return;
  const where = `${sample.path}, column ${JSON.stringify(inSample)}`;
  const rounded = strange.find((id) => /^\d(\.\d+)?E\+\d+$/i.test(id));
  if (rounded !== undefined)
    throw new Error(
      `${where}: a spreadsheet rounded the ids, such as ${rounded}; take the file as the competition gives it`,
    );
  const isWhole = [...wanted].every((id) => given.has(id));
  throw new Error(
    `${where}: ${strange.length} of ${given.size} ids are not in ${test.path}, such as ${JSON.stringify(strange[0])}; ${isWhole ? 'if there is a second test file, put the rows of both into one' : 'expected the files of one competition, and --id to name its ids'}`,
  );
}

/** Test files without ids: the sample's are those of the rows in their order, if there are as many. */
function byOrder({ train, test, sample }: Tables, given: Given): Ids {
  const inSample = sample.header.find(
    (name) =>
      (given.id === undefined || name === given.id) &&
      !train.header.includes(name) &&
      isUnique(cellsOf(sample, name)),
  );
  if (inSample === undefined || sample.lines.length !== test.lines.length)
    throw new Undecided(
      'id',
      `no column of ${test.path} (${test.lines.length} rows) holds the ids of ${sample.path} (${sample.lines.length} rows)`,
      test.header,
    );
  return {
    train: undefined,
    test: undefined,
    sample: inSample,
    finding: {
      what: 'id',
      value: inSample,
      why: 'only the sample has ids: test has as many rows, which are taken in the same order; train rows are known by their number',
    },
  };
}
