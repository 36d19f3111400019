import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { enterWorkspace } from './enter-workspace.ts';
import { execute } from './execute.ts';
import { UsageError } from './usage-error.ts';

const before = process.cwd();
afterAll(() => process.chdir(before));

/** The files of a run, as `cv` leaves them. */
function run(name: string, oof: string, test: string, foldsHash = 'same'): Record<string, string> {
  const folder = `submissions/tiny/${name}`;
  const record = {
    format: 1,
    kind: 'training',
    name,
    config: { folds: { k: 2 } },
    configHash: name,
    foldsHash,
  };
  return {
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
});
