import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';

const before = process.cwd();
afterAll(() => process.chdir(before));

const subjects = ['film', 'story', 'plot', 'music', 'acting', 'ending'];
const text = (i: number) => `${subjects[i % 6]} ${((i + 3) * 7919) ** 3} ${((i + 5) * 104_729) ** 2}`;

/** 24 rows of 6 authors, of which rows 3 and 20 have the same text; the test's texts all have a word of their own. */
const workspace = () =>
  enterWorkspace({
    'data/tiny/train.csv': `id,text,y,author,day\n${Array.from(
      { length: 24 },
      (_, i) =>
        `r${i},${i === 20 ? text(3) : text(i)},${i % 5},w${i % 6},2024-01-${String(i + 1).padStart(2, '0')}\n`,
    ).join('')}`,
    'data/tiny/test.csv': `id,text\n${Array.from({ length: 12 }, (_, i) => `t${i},strange ${text(i + 30)}\n`).join('')}`,
    'data/tiny/sample.csv': `id,y\n${Array.from({ length: 12 }, (_, i) => `t${i},0\n`).join('')}`,
  });

interface Json {
  folds: number;
  plot: string;
  parts: { train: number; rows: number }[];
  neverHeldOut: number;
  groups?: { column: string; groups: number; torn: number };
  nearDuplicates?: { rows: number; groups: number; torn: number; identical: number };
  adversarial?: { auc: { mean: number }; words: { test: { word: string; train: number; test: number }[] } };
}

async function folds(...args: string[]): Promise<Json & { text: string }> {
  const outcome = await execute(['folds', ...args]);
  return { ...(outcome!.json as Json), text: outcome!.text };
}

describe('foldwise folds', () => {
  it('finds texts on two sides, and keeps them together if asked', async () => {
    await workspace();
    const torn = await folds('--folds.k', '12', '--folds.seed', '1');
    expect(torn.nearDuplicates).toMatchObject({ groups: 1, rows: 2, torn: 1, identical: 1 });
    expect(torn.text).toMatch(
      /Beware: groups of near-duplicate .*: 1 of 1 \(2 rows in all\), 1 of them .* such as rows r(3 and r20|20 and r3); --group-duplicates/,
    );
    const together = await folds('--folds.k', '12', '--folds.seed', '1', '--group-duplicates');
    expect(together.nearDuplicates).toMatchObject({ groups: 1, torn: 0 });
    expect(together.text).toContain('each on one side of every fold');
    expect(together.text).toContain(
      'Next: npx foldwise fold tiny --folds.k 12 --folds.seed 1 --folds.groupDuplicates true',
    );
  });

  it('tells train from test by the word that only one has', async () => {
    await workspace();
    const { adversarial, text } = await folds();
    expect(adversarial!.auc.mean).toBe(1);
    expect(adversarial!.words.test[0]).toEqual({ word: 'strange', train: 0, test: 1 });
    expect(text).toContain('Beware: train and test are unlike, AUC 1.000 ± 0.000');
    expect(text).toContain('speak for test: strange (100.0 % against 0.0 %)');
  });

  it('keeps groups together, and tells where they are not', async () => {
    await workspace();
    const whole = await folds('--folds.kind', 'group', '--folds.group', 'author', '--folds.k', '3');
    expect(whole.groups).toMatchObject({ column: 'author', groups: 6, torn: 0 });
    expect(whole.parts.map(({ rows }) => rows)).toEqual([8, 8, 8, 24]);
    const days = await folds(
      '--folds.kind',
      'time-series',
      '--folds.time',
      'day',
      '--folds.k',
      '3',
      '--quick',
    );
    expect(days.parts.map(({ train, rows }) => [train, rows])).toEqual([[6, 6], [12, 6], [18, 6], [24, 24]]); // prettier-ignore
    expect(days.neverHeldOut).toBe(6);
    expect(days.text).toContain('In no fold: 6 rows, which are trained on only');
    expect(days.nearDuplicates).toBeUndefined();
    expect(await readFile(days.plot, 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  it('names the nearest column for one that is not there', async () => {
    await workspace();
    await expect(folds('--folds.kind', 'group', '--folds.group', 'autor')).rejects.toThrow(
      'there is no column "autor"; the columns are "id", "text", "y", "author", "day"; the nearest is "author"',
    );
  });

  it('warns of the groups of the manifest that other kinds of folds tear apart', async () => {
    await workspace();
    const manifest = JSON.parse(await readFile('data/tiny/competition.json', 'utf8')) as { columns: object };
    await enterWorkspace({
      'data/tiny/train.csv': await readFile('data/tiny/train.csv', 'utf8'),
      'data/tiny/competition.json': JSON.stringify({
        ...manifest,
        columns: { ...manifest.columns, group: 'author' },
      }),
    });
    const { groups, text } = await folds();
    expect(groups!.torn).toBeGreaterThan(0);
    expect(text).toContain(
      `Beware: groups of "author" that are trained on and held out at once: ${groups!.torn} of 6, such as "w`,
    );
  });
});
