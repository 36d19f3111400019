import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import { UsageError } from 'foldwise/usage-error';

async function inWorkspace(files: Record<string, string>, run: () => Promise<void>): Promise<void> {
  const before = process.cwd();
  await enterWorkspace(files);
  try {
    await run();
  } finally {
    process.chdir(before);
  }
}

describe('foldwise check', () => {
  it('says that nothing looks wrong', () =>
    inWorkspace({}, async () => {
      expect((await execute(['check']))!.text).toContain('Nothing looks wrong.');
    }));

  it('says what looks wrong, and writes a report', () =>
    inWorkspace({ 'data/tiny/test.csv': 'id,text\nt1,two!\nt2,six\n' }, async () => {
      const what = 'data/tiny/test.csv:2, column "text": nearly the text of data/tiny/train.csv:3';
      const { text, json } = (await execute(['check']))!;
      // People see paths from where they are, programs whole ones.
      const shown = what.replaceAll('data/tiny/', `${process.cwd()}/data/tiny/`);
      expect(text).toContain(`1 × texts in train and test.`);
      expect(text).toContain(what);
      const { file, warnings } = json as { file: string; warnings: { count: number; shown: string[] }[] };
      expect(warnings).toMatchObject([{ title: 'texts in train and test', count: 1, shown: [shown] }]);
      expect(await readFile(file, 'utf8')).toContain(`## 1 × texts in train and test`);
    }));

  it('refuses a similarity that it cannot look for', () =>
    inWorkspace({}, async () => {
      await expect(execute(['check', '--similarity', '0.3'])).rejects.toThrow(
        new UsageError('--similarity: expected a number from 0.7 to 1, got 0.3'),
      );
    }));
});
