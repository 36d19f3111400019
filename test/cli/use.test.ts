import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, runFoldwise } from './workspace.ts';

let root: string;
beforeAll(async () => {
  root = await makeWorkspace();
});

describe('foldwise', () => {
  it('tells its commands and their options', async () => {
    const help = await runFoldwise(root, ['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['folds', 'fold', 'cv', 'ensemble', 'score', 'doctor'])
      expect(help.stdout).toContain(`foldwise ${command}`);
    const { code, stdout } = await runFoldwise(root, ['cv', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--folds .*only these/);
    expect(stdout).toMatch(/^Examples:\n +foldwise cv /m);
  });

  it('exits with 2 for wrong use, before it does anything', async () => {
    const { code, stdout, stderr } = await runFoldwise(root, ['fold', '--head', 'meam']);
    expect(stderr).toContain('head "meam"');
    expect(stderr).not.toMatch(/^ +at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(await readdir(root)).not.toContain('submissions');
  });

  it('does what the command says, wherever it stands, or nothing at all', async () => {
    const { code, stdout } = await runFoldwise(root, ['--similarity', '0.9', 'check', '--json']);
    expect({ code, json: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      json: { pipeline: 'tiny', similarity: 0.9 },
    });
    const twice = await runFoldwise(root, ['cv', '--head', 'cls', '--head', 'mean']);
    expect(twice).toMatchObject({ code: 2, stdout: '' });
    expect(twice.stderr).toContain('--head is given twice: "cls" and "mean"');
  });

  it('has whole paths in JSON', async () => {
    const { stdout } = await runFoldwise(join(root, 'data'), ['check', '--json']);
    const { files, file } = JSON.parse(stdout) as { files: { path: string }[]; file: string };
    expect([file, ...files.map(({ path }) => path)]).toEqual(
      ['submissions/tiny/data-report.md', 'data/tiny/train.csv', 'data/tiny/test.csv', 'data/tiny/sample.csv'] // prettier-ignore
        .map((path) => join(root, path)),
    );
  });

  it('prints one JSON document for --json, errors too, and stack traces for --verbose', async () => {
    const good = await runFoldwise(root, ['folds', '--json']);
    expect(JSON.parse(good.stdout)).toMatchObject({ pipeline: 'tiny', folds: 2, names: ['y'] });
    const bad = await runFoldwise(root, ['fold', '--fold', '9', '--json', '--verbose']);
    expect(JSON.parse(bad.stdout)).toEqual({
      error: 'there is no fold 9: with 2 folds they are numbered from 0 to 1',
    });
    expect(bad.stderr).toMatch(/^ +at /m);
  });

  it('finds the workspace from within', async () => {
    const { stdout } = await runFoldwise(join(root, 'data', 'tiny'), [
      'folds',
      '--folds.k',
      '3',
      '--folds.seed=7',
    ]);
    expect(stdout).toMatch(/^tiny: 12 rows in 3 folds, k-fold, seed 7, hash [0-9a-f]{8}$/m);
    const [header, ...rows] = (await readFile(join(root, 'submissions/tiny/folds.csv'), 'utf8'))
      .trim()
      .split('\n');
    expect(header).toBe('id,fold');
    expect(
      rows
        .map((row) => row.split(',')[1])
        .sort()
        .join(''),
    ).toBe('000011112222');
  });
});
