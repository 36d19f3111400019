import { parsePipeline, withKind, type FoldSettings, type PipelineConfig, type Task } from '@foldwise/data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashFolds } from './split/hash-folds.ts';
import { splitRows, type SplitSource } from './make-split.ts';
import { splitters } from './splitters/splitters.ts';

type Folds = NonNullable<PipelineConfig['folds']>;

interface Row {
  id: string;
  author: string;
  when: number;
  labels: [number, number, number];
}

const settings = (folds: Folds) => parsePipeline({ name: 'a', folds }, 'test').folds;

function source(rows: readonly Row[], task: Task): SplitSource {
  const column = (cell: (row: Row) => string) => rows.map(cell);
  const target = (value: (row: Row) => number) => Float64Array.from(rows, value);
  const targets: Record<Task, Float64Array[]> = {
    regression: [target(({ when }) => when / 7)],
    binary: [target(({ labels }) => labels[0])],
    'multi-class': [target(({ labels }) => labels[0] + labels[1])],
    'multi-label': [0, 1, 2].map((l) => target(({ labels }) => labels[l]!)),
    ordinal: [target(({ labels }) => labels[1] + labels[2])],
  };
  const extra = {
    author: column(({ author }) => author),
    when: column(({ when }) => String(when)),
    part: column(({ labels }) => ['-1', 'a', 'b', 'c'][labels[0] + labels[1] * labels[2] + 1]!),
  };
  return {
    manifest: { task, columns: {} },
    train: { ids: column(({ id }) => id), targets: targets[task], extra },
  };
}

const split = (folds: Folds, rows: readonly Row[], task: Task = 'multi-label') =>
  splitRows(settings(folds), source(rows, task));

const bit = fc.integer({ min: 0, max: 1 });
const rows = fc.uniqueArray(
  fc.record<Row>({
    id: fc.string({ maxLength: 4 }),
    author: fc.constantFrom('x', 'y', 'z', 'é', '😀', 'None', '7', 'u'),
    when: fc.integer({ min: 0, max: 1000 }),
    labels: fc.tuple(bit, bit, bit),
  }),
  { minLength: 30, maxLength: 60, selector: ({ id }) => id },
);
const tasks = fc.constantFrom<Task>('regression', 'binary', 'multi-class', 'multi-label', 'ordinal');

/** Splits that hold out every row once in each repeat. */
const once: Folds[] = [
  { kind: 'k-fold', k: 4 },
  { kind: 'stratified', k: 3 },
  { kind: 'group', k: 2, group: 'author' },
  { kind: 'stratified-group', k: 2, group: 'author' },
  { kind: 'multi-label', k: 4 },
  { kind: 'leave-one-group-out', group: 'author' },
];
/** Every kind there is, with the columns that it has settings for. */
const usual = Object.keys(splitters).map((kind): Folds => {
  const given: FoldSettings = {
    kind: 'k-fold',
    k: 2,
    seed: 42,
    group: 'author',
    time: 'when',
    column: 'part',
  };
  return withKind({ ...given, kind: kind === 'k-fold' ? 'group' : 'k-fold' }, kind);
});
const all: Folds[] = [
  ...usual,
  ...once,
  { kind: 'time-series', time: 'when', k: 2 },
  { kind: 'time-series', time: 'when', k: 2, window: 'sliding', gap: 2 },
  { kind: 'hold-out', share: 0.3 },
  { kind: 'hold-out', group: 'author' },
  { kind: 'column', column: 'part' },
  { kind: 'stratified', k: 3, repeats: 2, inner: 2 },
  { kind: 'group', k: 2, repeats: 3, group: 'author' },
];

/** Some random rows have too few groups or times; those that cannot be split are no example. */
const made = (folds: Folds, given: readonly Row[], task: Task) => {
  try {
    return split(folds, given, task);
  } catch (error) {
    fc.pre(false);
    throw error;
  }
};

describe.each(all)('%j', (folds) => {
  it('has no row on two sides of a fold, and something on each', () => {
    fc.assert(
      fc.property(rows, tasks, fc.nat(), (given, task, seed) => {
        const { count, rows: at } = made({ ...folds, seed }, given, task);
        for (let fold = 0; fold < count; fold++) {
          const { train, valid, choose = [] } = at(fold);
          const sides = [...train, ...valid, ...choose];
          expect(new Set(sides).size).toBe(sides.length);
          expect(train.length).toBeGreaterThan(0);
          expect(valid.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is the same, with the same hash, in any order of the rows', () => {
    fc.assert(
      fc.property(rows, tasks, fc.infiniteStream(fc.nat()), fc.nat(), (given, task, random, seed) => {
        const shuffled = given
          .map((row) => [random.next().value as number, row] as const)
          .sort(([a], [b]) => a - b)
          .map(([, row]) => row);
        const [one, other] = [given, shuffled].map((order) => {
          const { count, rows: at, ...codes } = made({ ...folds, seed }, order, task);
          const ids = (of: Int32Array) => Array.from(of, (row) => order[row]!.id).sort();
          const sides = Array.from({ length: count }, (_, fold) => Object.values(at(fold)).map(ids));
          return { sides, hash: hashFolds(order.map(({ id }) => id), codes) }; // prettier-ignore
        });
        expect(other).toEqual(one);
      }),
      { numRuns: 8 },
    );
  });
});

it.each(once)('%j holds out every row once, and trains on it in all other folds', (folds) => {
  fc.assert(
    fc.property(rows, tasks, fc.nat(), (given, task, seed) => {
      const { count, rows: at } = made({ ...folds, seed }, given, task);
      const held = new Array<number>(given.length).fill(0);
      for (let fold = 0; fold < count; fold++) {
        const { train, valid } = at(fold);
        expect(train.length + valid.length).toBe(given.length);
        for (const row of valid) held[row]!++;
      }
      expect(held).toEqual(held.map(() => 1));
    }),
    { numRuns: 12 },
  );
});

it.each(all.filter(({ group }) => group !== undefined))('%j has no group on two sides', (folds) => {
  fc.assert(
    fc.property(rows, tasks, fc.nat(), (given, task, seed) => {
      const { count, rows: at } = made({ ...folds, seed }, given, task);
      for (let fold = 0; fold < count; fold++) {
        const [seen, held] = [at(fold).train, at(fold).valid].map(
          (of) => new Set(Array.from(of, (row) => given[row]!.author)),
        );
        expect([...held!].filter((author) => seen!.has(author))).toEqual([]);
      }
    }),
    { numRuns: 12 },
  );
});

const row = (id: string, author = 'x', when = 0, labels: Row['labels'] = [0, 0, 0]): Row => ({
  id,
  author,
  when,
  labels,
});
const some = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => row(id, 'xyz'[i % 3], i, [i % 2, 0, 0]));

describe('splitRows', () => {
  it('trains on no time of a held-out row, or later', () => {
    fc.assert(
      fc.property(rows, fc.nat(5), (given, gap) => {
        const few = given.map((one) => ({ ...one, when: one.when % 12 }));
        const { count, rows: at } = made({ kind: 'time-series', time: 'when', k: 3, gap }, few, 'regression');
        for (let fold = 0; fold < count; fold++) {
          const [seen, held] = [at(fold).train, at(fold).valid].map((of) => Array.from(of, (i) => few[i]!.when));
          expect(Math.max(...seen!)).toBeLessThan(Math.min(...held!));
        }
      }),
      { numRuns: 12 },
    );
  });

  it('leaves a gap of time: six days before the 9th of February is the 3rd', () => {
    const days = ['01-01', '01-02', '02-02', '02-03', '02-09', '02-10'].map((day) => `2024-${day}`);
    const from = source(some, 'regression');
    const { rows: at } = splitRows(settings({ kind: 'time-series', time: 'when', k: 2, gap: '6d' }), {
      ...from,
      train: { ...from.train, extra: { when: days } },
    });
    expect(() => at(2)).toThrow('there is no fold 2');
    expect([...at(1).train]).toEqual([0, 1, 2]);
    expect([...at(1).valid]).toEqual([4, 5]);
  });

  it('numbers the folds of a column by their names, and trains always on what is in none', () => {
    const from = source(some, 'regression');
    const { names, codes } = splitRows(settings({ kind: 'column', column: 'part' }), {
      ...from,
      train: { ...from.train, extra: { part: ['10', '9', '-1', 'Train', ' 9', ''] } },
    });
    expect(names).toEqual(['9', '10']);
    expect([...codes[0]!.values]).toEqual([1, 0, -1, -1, 0, -1]);
  });

  it('holds out the share that was asked for, of each class', () => {
    const many = Array.from({ length: 100 }, (_, i) => row(String(i), 'x', i, [Number(i < 30), 0, 0]));
    const { rows: at } = split({ kind: 'hold-out', share: 0.1 }, many, 'binary');
    const held = [...at(0).valid];
    expect(held).toHaveLength(10);
    expect(held.filter((i) => i < 30)).toHaveLength(3);
  });

  it('repeats a split by the seeds that follow', () => {
    const { codes } = split({ k: 3, seed: 5, repeats: 2 }, some);
    const [first, second] = [5, 6].map((seed) => split({ k: 3, seed }, some).codes[0]!.values);
    expect(codes.map(({ values }) => values)).toEqual([first, second]);
  });

  it.each<Folds>([{ k: 2 }, { kind: 'stratified', k: 2 }, { kind: 'multi-label', k: 2 }, { kind: 'hold-out', share: 0.4 }])(
    'keeps near-duplicates together: %j',
    (folds) => {
      for (let seed = 0; seed < 20; seed++) {
        const from = source(some, 'multi-label');
        const duplicates = [[0, 3, 4], [1, 5]]; // prettier-ignore
        const at = splitRows(settings({ ...folds, seed, groupDuplicates: true }), { ...from, duplicates });
        const [a, b, c, d, e, f] = at.codes[0]!.values;
        expect([d, e, f]).toEqual([a, a, b]);
        expect([a, b, c].some((fold) => fold !== a)).toBe(true);
      }
    },
  );

  it('joins groups that share near-duplicates', () => {
    const twelve = Array.from({ length: 12 }, (_, i) => row(`r${i}`, `g${i % 6}`));
    const from = { ...source(twelve, 'regression'), duplicates: [[0, 7], [8, 3]] }; // prettier-ignore
    const { codes } = splitRows(settings({ kind: 'group', k: 4, group: 'author', groupDuplicates: true }), from);
    const folds = [...codes[0]!.values].slice(0, 6);
    expect(folds[1]).toBe(folds[0]);
    expect(folds[3]).toBe(folds[2]);
    expect(new Set(folds).size).toBe(4);
  });

  it('takes the groups of the manifest where the pipeline names none', () => {
    const from = source(some, 'regression');
    const named = { ...from, manifest: { ...from.manifest, columns: { group: 'author' } } };
    const { codes } = splitRows(settings({ kind: 'group', k: 3 }), named);
    expect(codes).toEqual(split({ kind: 'group', k: 3, group: 'author' }, some).codes);
  });

  it.each<[string, Folds, string]>([
    ['groups without a column', { kind: 'group', k: 2 }, 'folds of the kind "group" need a column of groups: expected its name in folds.group, or in columns.group of competition.json'],
    ['more folds than groups', { kind: 'group', k: 4, group: 'author' }, '3 groups cannot be split into 4 folds: lower k, or group by another column'],
    ['another number of groups', { kind: 'leave-one-group-out', k: 4, group: 'author' }, 'leave-one-group-out makes a fold for each of 3 groups, but folds.k is 4'],
    ['times that are neither numbers nor dates', { kind: 'time-series', time: 'author' }, 'the time of row "a", column "author", is "x"; expected a number, or a date such as 2024-05-31 or 2024-05-31T18:30:00Z'],
    ['a gap of time between numbers', { kind: 'time-series', time: 'when', gap: '7d' }, 'folds.gap is the time "7d", but the column "when" has numbers: expected a number of rows'],
    ['too many folds of a time series', { kind: 'time-series', time: 'when', k: 6 }, '6 rows cannot be split into 6 folds of a time series, which begin with rows to train on only: lower folds.k'],
    ['another number of folds in a column', { kind: 'column', column: 'author', k: 2 }, 'the column "author" has 3 folds (x, y, z), but folds.k is 2'],
    ['a hold-out of nothing', { kind: 'hold-out', share: 0.01 }, 'a hold-out of 0.01 of 6 rows is 0 rows: change folds.share, or add rows'],
  ])('refuses %s', (_, folds, message) => {
    expect(() => split(folds, some, 'regression')).toThrow(new Error(message));
  });
}); // prettier-ignore
