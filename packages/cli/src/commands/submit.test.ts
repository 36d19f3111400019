import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import { UsageError } from 'foldwise/usage-error';

const before = process.cwd();
const path = process.env['PATH'];
afterEach(() => void (process.env['PATH'] = path));
afterAll(() => process.chdir(before));

const csv = 'id,y\nt2,0\nt1,1\n';
const sha256 = createHash('sha256').update(csv).digest('hex');
const folder = 'submissions/tiny/one';
const manifest = {
  format: 1,
  name: 'one',
  pipeline: 'tiny',
  competition: 'tiny',
  runs: [{ name: 'one', config: { competition: 'tiny' } }],
  score: { metric: 'rmse', value: 0.5 },
  rows: 2,
  sha256,
  warnings: ['1 of 2 rows of "y" are beyond the train rows\' 1 to 2, the farthest at 0'],
};
const run = {
  [`${folder}/run.json`]: '{ "format": 1, "kind": "training", "name": "one" }',
  [`${folder}/submission.csv`]: csv,
  [`${folder}/submission.json`]: JSON.stringify(manifest),
};

/** A `kaggle` command that keeps its arguments, one a line, says something, and ends with the code. */
async function fakeKaggle(says: string, code = 0): Promise<() => Promise<string[]>> {
  const bin = await mkdtemp(join(tmpdir(), 'kaggle-bin-'));
  const heard = join(bin, 'heard');
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" > "${heard}"\nprintf '${says}'\nexit ${code}\n`;
  await writeFile(join(bin, 'kaggle'), script);
  await chmod(join(bin, 'kaggle'), 0o755);
  process.env['PATH'] = `${bin}${delimiter}${path}`;
  return async () => (await readFile(heard, 'utf8')).trimEnd().split('\n');
}

async function submitted(): Promise<object[]> {
  const text = await readFile(`${folder}/submitted.json`, 'utf8');
  return (JSON.parse(text) as { submissions: object[] }).submissions;
}

describe('foldwise submit', () => {
  it("hands the file to the user's kaggle command, and keeps that it did", async () => {
    await enterWorkspace(run);
    const heard = await fakeKaggle('50%%\\r100%%\\nSuccessfully submitted to Tiny');
    const outcome = await execute([
      'submit',
      'one',
      '--competition',
      'tiny-2026',
      '--message',
      'a b',
      '--yes',
    ]);
    expect(await heard()).toEqual(
      ['competitions', 'submit', '-c', 'tiny-2026', '-f', `${folder}/submission.csv`, '-m', 'a b'], // prettier-ignore
    );
    expect(outcome!.json).toMatchObject({ name: 'one', sent: true, competition: 'tiny-2026', sha256 });
    expect(await submitted()).toMatchObject([{ sha256, message: 'a b', competition: 'tiny-2026' }]);

    // The score goes to what was sent; one for another file of the run is kept beside it.
    await execute(['record', 'one', '--public', '0.471']);
    expect((await execute(['record', 'tiny/one', '--private', '0.48']))!.text).toContain(
      'tiny, one: public 0.471, private 0.48',
    );
    expect(await submitted()).toMatchObject([{ sha256, message: 'a b', public: 0.471, private: 0.48 }]);
    await writeFile(`${folder}/submission.csv`, `${csv}\n`);
    await execute(['record', `${folder}/submission.csv`, '--public', '0.5']);
    expect(await submitted()).toMatchObject([{ public: 0.471 }, { public: 0.5 }]);
  });

  it('takes the competition from the manifest, and a message of name and score', async () => {
    const competition = JSON.stringify({
      name: 'tiny',
      title: 'Tiny',
      kaggle: 'tiny-slug',
      files: { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' },
      columns: { id: 'id', text: 'text', target: 'y' },
      task: 'regression',
      metric: 'rmse',
    });
    await enterWorkspace({ ...run, 'data/tiny/competition.json': competition });
    const heard = await fakeKaggle('');
    await execute(['submit', 'one', '--yes']);
    expect((await heard()).slice(2)).toEqual(
      ['-c', 'tiny-slug', '-f', `${folder}/submission.csv`, '-m', 'one, rmse 0.5000'], // prettier-ignore
    );
  });

  it.each([
    ['there is no such command', undefined, 'Install it with `pip install kaggle`'],
    ['it fails', ['403 - Forbidden', 1] as const, 'kaggle competitions submit failed (1): 403 - Forbidden'],
    ['it says so and ends with 0', ['Could not submit to competition', 0] as const, 'Could not submit'],
  ])('keeps nothing where %s', async (_, says, message) => {
    await enterWorkspace(run);
    if (says) await fakeKaggle(says[0], says[1]);
    else process.env['PATH'] = await mkdtemp(join(tmpdir(), 'no-kaggle-'));
    await expect(execute(['submit', 'one', '--competition', 'x', '--yes'])).rejects.toThrow(message);
    await expect(submitted()).rejects.toThrow('ENOENT');
  });

  it('sends nothing that was changed since, that nobody agreed to, or that goes nowhere', async () => {
    await enterWorkspace(run);
    await fakeKaggle('');
    await expect(execute(['submit', 'one', '--yes'])).rejects.toThrow(UsageError);
    await expect(execute(['submit', 'one', '--yes'])).rejects.toThrow(
      'as "kaggle" into data/tiny/competition.json, or give it with --competition',
    );
    await expect(execute(['submit', 'one', '--competition', 'x'])).rejects.toThrow('say --yes beforehand');
    await expect(execute(['submit', 'on', '--yes'])).rejects.toThrow('the nearest is "one"');
    await writeFile(`${folder}/submission.csv`, `${csv}t3,2\n`);
    await expect(execute(['submit', 'one', '--competition', 'x', '--yes'])).rejects.toThrow(
      'was changed since it was written: expected SHA-256',
    );
  });

  it('says what to do about a submission of an older version, and where there is none', async () => {
    await enterWorkspace({ ...run, [`${folder}/submission.json`]: 'null' });
    await expect(execute(['submit', 'one', '--competition', 'x', '--yes'])).rejects.toThrow(
      "`npx foldwise cv` with the run's options writes it anew, without training",
    );
    await mkdir('submissions/tiny/two');
    await writeFile('submissions/tiny/two/run.json', '{ "kind": "training" }');
    await expect(execute(['reproduce', 'two'])).rejects.toThrow('holds no submission yet');
  });
});

describe('foldwise record', () => {
  it.each([
    [['one'], 'record needs --public, --private or both'],
    [['one', '--public', 'good'], '--public: expected a number, got "good"'],
  ])('refuses %j as wrong use', async (args, message) => {
    await enterWorkspace(run);
    await expect(execute(['record', ...args])).rejects.toThrow(new UsageError(message));
  });
});
