import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace, runFoldwise } from './workspace.ts';

const data = {
  'data/tiny/train.csv': 'id,text,y\na,one,1\nb,two,2\n',
  'data/tiny/test.csv': 'id,text\nt1,five\nt2,six\n',
  'data/tiny/sample.csv': 'id,y\nt2,0\nt1,0\n',
};

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
    const root = await makeWorkspace({ ...data, ...one, ...two });
    const { code, stdout } = await runFoldwise(root, ['ensemble', '--json']);
    expect(code).toBe(0);
    // Errors: (1, 0), (0, 2), and of the blend (0.5, 1).
    const result = JSON.parse(stdout);
    expect(result.members.map((member: { name: string }) => member.name)).toEqual(['one', 'two']);
    expect(result.members[0].score).toBeCloseTo(Math.sqrt(1 / 2), 12);
    expect(result.members[1].score).toBeCloseTo(Math.sqrt(4 / 2), 12);
    expect(result.metrics.score).toBeCloseTo(Math.sqrt((0.25 + 1) / 2), 12);
    const read = (file: string): Promise<string> => readFile(join(root, result.folder, file), 'utf8');
    expect(await read('oof.csv')).toBe('id,y\na,1.5\nb,3\n');
    expect(await read('test.csv')).toBe('id,y\nt1,1.5\nt2,4\n');
    expect(await read('submission.csv')).toBe('id,y\nt2,4\nt1,1.5\n');
    expect(JSON.parse(await read('metrics.json'))).toEqual(result.metrics);
    expect(JSON.parse(await read('run.json'))).toMatchObject({
      kind: 'ensemble',
      foldsHash: 'same',
      members: result.members,
    });
    // The ensemble is no run to blend.
    expect((await runFoldwise(root, ['ensemble', '--runs', 'ensemble,one'])).code).toBe(2);
  });

  it('refuses runs of other folds, and blends those that are named', async () => {
    const other = run('other', 'id,y\na,1\nb,2\n', 'id,y\nt1,1\nt2,1\n', 'other');
    const root = await makeWorkspace({ ...data, ...one, ...two, ...other });
    const all = await runFoldwise(root, ['ensemble']);
    expect(all).toMatchObject({ code: 1, stdout: '' });
    expect(all.stderr).toContain('other cannot be blended with one: their folds differ');
    expect((await runFoldwise(root, ['ensemble', '--runs', 'one,two'])).code).toBe(0);
  });

  it('says what to do where there are too few runs', async () => {
    const none = await runFoldwise(await makeWorkspace(data), ['ensemble']);
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('train one with `npx foldwise cv tiny`'),
    });
    const single = await runFoldwise(await makeWorkspace({ ...data, ...one }), ['ensemble']);
    expect(single).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is only the run one to blend'),
    });
    const unknown = await runFoldwise(await makeWorkspace({ ...data, ...one }), [
      'ensemble',
      '--runs',
      'one,tow',
    ]);
    expect(unknown).toMatchObject({ code: 2, stderr: 'there is no complete run "tow"; there are one\n' });
  });

  it('refuses runs of rows that the competition no longer has', async () => {
    const root = await makeWorkspace({
      ...data,
      ...one,
      ...two,
      'data/tiny/train.csv': 'id,text,y\na,one,1\nc,two,2\n',
    });
    const { code, stderr } = await runFoldwise(root, ['ensemble']);
    expect(code).toBe(1);
    expect(stderr).toContain('the run one was trained on other data');
  });
});
