/** What a pipeline says of its folds: the kind of the split, and the settings that this kind has. */
import type { FurtherColumn } from '../competition/load-competition.ts';
import { z } from 'zod';
import { nearestName } from '../schema/nearest-name.ts';
import { strictObject } from '../schema/strict-schema.ts';

const column = z.string().min(1, 'expected the name of a column');
const GAP = 'expected a number of rows, or a time such as "12h" or "7d"';
const several = z.int().min(2).max(100);

const dealt = ['k', 'repeats', 'inner', 'groupDuplicates'] as const;

/**
 * Every kind of split: its settings, besides `seed`; the one that must be given; and how many folds it has unless told,
 * where the data does not say it. Which rows each kind holds out: docs/folds.md.
 */
const kinds = {
  'k-fold': { settings: dealt, folds: 5 },
  stratified: { settings: dealt, folds: 5 },
  group: { settings: [...dealt, 'group'], folds: 5 },
  'stratified-group': { settings: [...dealt, 'group'], folds: 5 },
  'multi-label': { settings: dealt, folds: 5 },
  'time-series': {
    settings: ['k', 'time', 'window', 'trainRows', 'validRows', 'gap'],
    needs: 'time',
    folds: 5,
  },
  'leave-one-group-out': { settings: ['k', 'group'] },
  'hold-out': { settings: ['share', 'repeats', 'groupDuplicates', 'group'], folds: 1 },
  column: { settings: ['k', 'column'], needs: 'column' },
} as const satisfies Record<string, KindOfFolds>;

interface KindOfFolds {
  settings: readonly string[];
  /** The name of a column. */
  needs?: string;
  folds?: number;
}

type Kind = keyof typeof kinds;

const names = Object.keys(kinds) as [Kind, ...Kind[]];

const kindOf = (kind: Kind): KindOfFolds => kinds[kind];

/** The `k` of a kind that has one and does not leave it to the data. */
function usualK(kind: Kind): number | undefined {
  const { settings, folds } = kindOf(kind);
  return settings.includes('k') ? folds : undefined;
}

export const foldSettings = strictObject({
  kind: z.enum(names, { error: ({ input }) => expectedKind(input) }).default('k-fold'),
  /**
   * How many folds; 5 by default. Of leave-one-group-out and a column the data says how many there are: where k is
   * given too, the two must agree.
   */
  k: several.optional(),
  seed: z.int().min(0).max(0xffffffff).default(42),
  /** How often to split anew, each time by another seed; a row's prediction is the mean over the repeats. */
  repeats: several.optional(),
  /**
   * Nested: how many folds the training rows of each fold are split into once more. Each is left out of one training
   * and chooses its epoch, so that the held-out rows choose nothing.
   */
  inner: several.optional(),
  /** A column of the train file: rows with the same value stay together. The manifest's own by default. */
  group: column.optional(),
  /** A column of numbers or of dates as in ISO 8601: no row is predicted by a model that saw its time or a later one. */
  time: column.optional(),
  /** A column with the fold of each row; rows whose cell is empty, -1 or "train" are trained on in every fold. */
  column: column.optional(),
  /** Of all rows before a fold's held-out ones (the default), or of the last ones only. */
  window: z.enum(['expanding', 'sliding']).optional(),
  /** How many rows a sliding window has at most; as many as the first fold trains on by default. */
  trainRows: z.int().min(1).optional(),
  /** Rows held out in each fold of a time series; a (k + 1)-th of all rows by default. */
  validRows: z.int().min(1).optional(),
  /** What lies between training and held-out rows: a number of rows, or a time such as "7d" (s, m, h, d or w). */
  gap: z
    .union([z.int().min(0), z.string().regex(/^\d+(\.\d+)?[smhdw]$/, GAP)], {
      error: GAP,
    })
    .optional(),
  /** The share of the rows that a hold-out holds out; 0.2 by default. */
  share: z.number().gt(0).lt(1).optional(),
  /** Keeps texts that are the same, or nearly so, in one fold. */
  groupDuplicates: z.boolean().optional(),
})
  .superRefine((settings, context) => {
    const { kind } = settings;
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const { settings: own, needs } = kindOf(kind);
    for (const [key, value] of Object.entries<unknown>(settings))
      if (value !== undefined && key !== 'kind' && key !== 'seed' && !own.includes(key))
        issue(key, `expected none for folds of the kind "${kind}"; ${kindsWith(key)}`);
    if (needs !== undefined && settings[needs as keyof typeof settings] === undefined)
      issue(needs, 'expected the name of a column');
    if (settings.trainRows !== undefined && settings.window !== 'sliding')
      issue('trainRows', 'expected none without window: "sliding"');
  })
  .transform((settings) => ({
    ...settings,
    // Left out where undefined, so that the hash of a configuration stays.
    ...(usualK(settings.kind) !== undefined && { k: settings.k ?? usualK(settings.kind) }),
  }));

export type FoldSettings = z.output<typeof foldSettings>;

/**
 * For another kind on the command line: what the old kind alone has is left out, and the number of folds where the
 * data says it.
 *
 * @returns the settings of `folds` that the other kind has too; all of them where there is no such kind
 */
export function withKind(folds: FoldSettings, kind: unknown): object {
  const own = Object.hasOwn(kinds, kind as Kind) ? kindOf(kind as Kind).settings : undefined;
  if (own === undefined || kind === folds.kind) return { ...folds, kind };
  const kept = own.filter((key) => key !== 'k' || usualK(kind as Kind) !== undefined);
  const entries = Object.entries(folds).filter(([key]) => key === 'seed' || kept.includes(key));
  return { ...Object.fromEntries(entries), kind };
}

/**
 * How many trainings a split takes, as far as its settings tell.
 *
 * @returns undefined where only the data tells: leave-one-group-out and folds of a column, without k
 */
export function countFolds({
  kind,
  k,
  repeats = 1,
  inner = 1,
}: Pick<FoldSettings, 'kind' | 'k' | 'repeats' | 'inner'>): number | undefined {
  const folds = k ?? kindOf(kind).folds;
  return folds === undefined ? undefined : folds * repeats * inner;
}

/**
 * Which columns of the train file a pipeline's folds are made of, besides ids, texts and targets.
 *
 * @returns their names, for `loadCompetition`; the manifest's own group is always loaded
 */
export function splitColumns({
  group,
  time,
  column,
}: Pick<FoldSettings, 'group' | 'time' | 'column'>): FurtherColumn[] {
  const names = [time, column].filter((name) => name !== undefined);
  return group === undefined ? names : [{ group }, ...names];
}

function expectedKind(written: unknown): string {
  const nearest = typeof written === 'string' ? `; the nearest is "${nearestName(written, names)}"` : '';
  return `expected one of ${names.join(', ')}${nearest}`;
}

function kindsWith(key: string): string {
  const having = Object.entries<KindOfFolds>(kinds).flatMap(([kind, { settings }]) =>
    settings.includes(key) ? [`"${kind}"`] : [],
  );
  return `${having.join(', ')} ${having.length === 1 ? 'has' : 'have'} it`;
}
