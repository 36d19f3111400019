/** Looks for what makes out-of-fold scores too good: rows that belong together on two sides, and a test unlike the train. */
import { joinTexts, nearDuplicates, type Competition, type FoldSettings } from '@foldwise/data';
import { groupRows } from '../assignment/index-values.ts';
import { ownGroups } from '../assignment/own-groups.ts';
import type { Split } from '../split/split.ts';
import { adversarialValidation, type AdversarialValidation } from './adversarial-validation.ts';
import { findLeaks } from './find-leaks.ts';

interface TornApart {
  /** How many groups there are, and how many a fold tears apart. */
  groups: number;
  torn: number;
  /** Some of the torn ones: their ids, one that a fold trains on and one that it holds out. */
  examples: { fold: number; train: string; valid: string; group?: string }[];
}

export interface SplitChecks {
  /** By the column of groups that the pipeline or the manifest names; undefined where neither does. */
  groups: (TornApart & { column: string }) | undefined;
  /** Texts that are nearly the same, and how many of the torn groups hold a text twice, to the letter. */
  nearDuplicates: TornApart & { rows: number; identical: number };
  /** Undefined where there are too few rows. */
  adversarial: AdversarialValidation | undefined;
}

export interface CheckSplitOptions {
  signal?: AbortSignal;
  /** Hears what is looked for, and which share of it is done. */
  onProgress?: (what: string, share: number) => void;
}

const EXAMPLES = 3;

/** @throws the signal's reason where it was stopped */
export async function checkSplit(
  split: Split,
  { group, seed }: Pick<FoldSettings, 'group' | 'seed'>,
  { manifest, train, test }: Competition,
  { signal, onProgress }: CheckSplitOptions = {},
): Promise<SplitChecks> {
  const column = group ?? manifest.columns.group;
  const texts = joinTexts(train.texts);
  const found = await nearDuplicates(texts, {
    onProgress: (share) => onProgress?.('near-duplicates', share),
    signal,
  });
  onProgress?.('train against test', 0);
  const adversarial = adversarialValidation(
    { ids: train.ids, texts },
    { ids: test.ids, texts: joinTexts(test.texts) },
    seed,
  );

  const tornApart = (groups: readonly ArrayLike<number>[], names?: string[]) => {
    const leaks = findLeaks(split, groups);
    const examples = leaks.slice(0, EXAMPLES).map((leak) => ({
      fold: leak.fold,
      train: train.ids[leak.train]!,
      valid: train.ids[leak.valid]!,
      ...(names && { group: names[leak.group]! }),
    }));
    return { leaks, summary: { groups: groups.length, torn: leaks.length, examples } };
  };
  const byColumn = column === undefined ? undefined : groupRows(ownGroups(train.extra[column]!, train.ids));
  const duplicates = tornApart(found);
  const isIdentical = (leak: { train: number; valid: number }): boolean =>
    texts[leak.train] === texts[leak.valid];
  return {
    groups: byColumn && {
      column: column!,
      ...tornApart(
        byColumn.map(({ rows }) => rows),
        byColumn.map(({ name }) => name),
      ).summary,
    },
    nearDuplicates: {
      ...duplicates.summary,
      rows: found.reduce((rows, { length }) => rows + length, 0),
      identical: duplicates.leaks.filter(isIdentical).length,
    },
    adversarial,
  };
}
