import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import { UsageError } from 'foldwise/usage-error';

const before = process.cwd();
afterAll(() => process.chdir(before));

/** The files of a run, as `cv` leaves them; each row is a fold of its own, `a` the first. */
function run(name: string, oof: string, test: string, foldsHash = 'same'): Record<string, string> {
  const folder = `submissions/tiny/${name}`;
  const [header, ...rows] = oof
    .trimEnd()
    .split('\n')
    .sort((a, b) => Number(b.startsWith('id')) - Number(a.startsWith('id')) || a.localeCompare(b));
  const folds = rows.flatMap((row, fold) => [
    [`${folder}/fold-${fold}/oof.csv`, `${header}\n${row}\n`],
    [`${folder}/fold-${fold}/metrics.json`, '{}'],
    [`${folder}/fold-${fold}/test.csv`, test],
  ]);
  const record = {
    format: 1,
    kind: 'training',
    name,
    config: { folds: { k: 2 } },
    configHash: name,
    foldsHash,
  };
  return {
    ...(Object.fromEntries(folds) as Record<string, string>),
    [`${folder}/run.json`]: JSON.stringify(record),
    [`${folder}/metrics.json`]: '{}',
    [`${folder}/oof.csv`]: oof,
    [`${folder}/test.csv`]: test,
  };
}

const one = run('one', 'id,y\na,2\nb,2\n', 'id,y\nt1,1\nt2,3\n');
/** The same rows in another order. */
const two = run('two', 'id,y\nb,4\na,1\n', 'id,y\nt2,5\nt1,2\n');

describe('foldwise ensemble', () => {
  it('blends the complete runs by their mean', async () => {
    await enterWorkspace({ ...one, ...two });
    const outcome = await execute(['ensemble']);
    // Errors: (1, 0), (0, 2), and of the blend (0.5, 1).
    const { members, metrics, folder } = outcome!.json as {
      members: { name: string; score: number }[];
      metrics: { score: number };
      folder: string;
    };
    expect(members.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(members[0]!.score).toBeCloseTo(Math.sqrt(1 / 2), 12);
    expect(members[1]!.score).toBeCloseTo(Math.sqrt(4 / 2), 12);
    expect(metrics.score).toBeCloseTo(Math.sqrt((0.25 + 1) / 2), 12);
    const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
    expect(await read('oof.csv')).toBe('id,y\na,1.5\nb,3\n');
    expect(await read('test.csv')).toBe('id,y\nt1,1.5\nt2,4\n');
    expect(await read('submission.csv')).toBe('id,y\nt2,4\nt1,1.5\n');
    expect(JSON.parse(await read('metrics.json'))).toEqual(metrics);
    expect(JSON.parse(await read('run.json'))).toMatchObject({
      kind: 'ensemble',
      foldsHash: 'same',
      members,
    });
    // The first is off by 0.71, the blend by 0.79.
    expect(outcome?.text).toContain('Beware: one alone is better; leave weak runs out with --runs');
    // The ensemble is no run to blend.
    await expect(execute(['ensemble', '--runs', 'ensemble,one'])).rejects.toThrow(
      'no complete run "ensemble"',
    );
  });

  it('refuses runs of other folds, and blends those that are named', async () => {
    const other = run('other', 'id,y\na,1\nb,2\n', 'id,y\nt1,1\nt2,1\n', 'other');
    await enterWorkspace({ ...one, ...two, ...other });
    await expect(execute(['ensemble'])).rejects.toThrow(
      'other cannot be blended with one: their folds differ',
    );
    expect((await execute(['ensemble', '--runs', 'one,two']))?.text).toContain(
      'tiny, mean of 2 runs: rmse 0.7906',
    );
  });

  it('says what to do where there are too few runs', async () => {
    await enterWorkspace();
    await expect(execute(['ensemble'])).rejects.toThrow('train one with `npx foldwise cv tiny`');
    await enterWorkspace(one);
    await expect(execute(['ensemble'])).rejects.toThrow('there is only the run one to blend');
    const unknown = new UsageError('there is no complete run "tow"; there are one');
    await expect(execute(['ensemble', '--runs', 'one,tow'])).rejects.toThrow(unknown);
  });

  it('refuses runs of rows that the competition no longer has', async () => {
    await enterWorkspace({ ...one, ...two, 'data/tiny/train.csv': 'id,text,y\na,one,1\nc,two,2\n' });
    await expect(execute(['ensemble'])).rejects.toThrow('the run one was trained on other data');
  });

  it('refuses runs of other train files', async () => {
    const changed = (files: Record<string, string>, train: string) =>
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path,
          path.endsWith('run.json') ? JSON.stringify({ ...JSON.parse(text), data: { train } }) : text,
        ]),
      );
    await enterWorkspace({ ...changed(one, 'a'.repeat(64)), ...changed(two, 'b'.repeat(64)) });
    await expect(execute(['ensemble'])).rejects.toThrow(
      'two cannot be blended with one: they were trained on different train files (bbbbbbbb and aaaaaaaa)',
    );
  });

  it('names the nearest method', async () => {
    await expect(execute(['ensemble', '--method', 'rigde'])).rejects.toThrow(
      new UsageError(
        `--method: there is no method "rigde"; the nearest is "ridge"; known are ${(await import('foldwise')).blendingMethods.join(', ')}, all`,
      ),
    );
  });
});

describe('foldwise ensemble --method', () => {
  // Sixty rows in three folds; the runs are off by ±1, ±2 and, all alike, by 1.
  const rows = Array.from({ length: 60 }, (_, row) => ({ id: `r${row}`, y: (row * 7) % 11 }));
  const errors = {
    left: (row: number) => (row % 2 ? 1 : -1),
    right: (row: number) => (row % 2 ? -2 : 2),
    high: () => 1,
  };
  const csv = (lines: { id: string; y: number }[]) =>
    `id,y\n${lines.map(({ id, y }) => `${id},${y}\n`).join('')}`;
  const files = Object.entries(errors).flatMap(([name, error]) => {
    const folder = `submissions/tiny/${name}`;
    const oof = rows.map(({ id, y }, row) => ({ id, y: y + error(row) }));
    const test = csv(['t1', 't2'].map((id, row) => ({ id, y: 5 + error(row) })));
    const config = { folds: { k: 3 } };
    return [
      [
        'run.json',
        JSON.stringify({ format: 1, kind: 'training', name, config, configHash: name, foldsHash: 'same' }),
      ],
      ['metrics.json', '{}'],
      ['oof.csv', csv(oof)],
      ['test.csv', test],
      ...[0, 1, 2].flatMap((fold) => [
        [`fold-${fold}/metrics.json`, '{}'],
        [`fold-${fold}/oof.csv`, csv(oof.filter((_, row) => row % 3 === fold))],
        [`fold-${fold}/test.csv`, test],
      ]),
    ].map(([file, text]) => [`${folder}/${file}`, text!]);
  });
  const train = `id,text,y\n${rows.map(({ id, y }) => `${id},word,${y}\n`).join('')}`;
  const workspace = {
    ...(Object.fromEntries(files) as Record<string, string>),
    'data/tiny/train.csv': train,
  };

  it('all: a row for each, the best written, nested', async () => {
    await enterWorkspace(workspace);
    const outcome = await execute(['ensemble', '--method', 'all']);
    const { tried, failed, method, weights, metrics, correlation, folder } = outcome!.json as {
      tried: { method: string; nested: number; optimistic: number }[];
      failed: unknown[];
      method: string;
      weights: { y: Record<string, number> };
      metrics: { score: number };
      correlation: number[][];
      folder: string;
    };
    expect(failed).toEqual([]);
    const { blendingMethods } = await import('foldwise');
    expect(tried.map((one) => one.method).sort()).toEqual([...blendingMethods].sort());
    // The errors of "left" and "right" are opposite: 2/3 and 1/3 make them vanish. Those of "high" do not vary.
    expect(correlation[1]![2]).toBeCloseTo(-1, 12);
    const simplex = tried.find((one) => one.method === 'simplex')!;
    expect(simplex.nested).toBeCloseTo(0, 6);
    expect(metrics.score).toBeCloseTo(0, 6);
    expect(tried[0]).toMatchObject({ method, nested: metrics.score });
    expect(weights.y['left']! / weights.y['right']!).toBeCloseTo(2, 1);
    const record = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as object;
    expect(record).toMatchObject({ method, weights, scores: { nested: metrics.score } });
    const submitted = JSON.parse(await readFile(join(folder, 'submission.json'), 'utf8')) as object;
    expect(submitted).toMatchObject({ blend: { method } });
    expect(outcome!.text).toContain('The best of 18 methods by that score, which is a little optimistic');
    expect(outcome!.text).toMatch(/^mean +0\.\d+ +0\.\d+ {2}a 0\.333, b 0\.333, c 0\.333$/m);
  });

  it('several: those alone', async () => {
    await enterWorkspace(workspace);
    const { tried } = (await execute(['ensemble', '--method', 'ridge, best,ridge']))!.json as {
      tried: { method: string; nested: number }[];
    };
    expect(tried.map(({ method }) => method)).toEqual(['ridge', 'best']);
    expect(tried[1]!.nested).toBeCloseTo(1, 12);
  });
});
