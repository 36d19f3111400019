import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readStamp, writeStamp } from './stamp.ts';

it('holds as long as the results are there as they were left', async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'foldwise-nx-'));
  const folder = join(workspace, 'run', 'fold-0');
  await mkdir(join(folder, 'model'), { recursive: true });
  await writeFile(join(folder, 'metrics.json'), '{}');
  const key = 'a'.repeat(64);
  expect(readStamp(workspace, key)).toBeUndefined();
  writeStamp(workspace, `${key}01234567`, join('run', 'fold-0'));
  // By the inputs' own hash, and by the whole one.
  for (const hash of [key, `${key}01234567`, `${key}other`])
    expect(readStamp(workspace, hash)).toMatchObject({ hash: `${key}01234567`, path: join('run', 'fold-0') });
  expect(readStamp(workspace, 'b'.repeat(64))).toBeUndefined();
  await writeFile(join(folder, 'metrics.json'), '{ "again": true }');
  expect(readStamp(workspace, key)).toBeUndefined();
  writeStamp(workspace, `${key}01234567`, join('run', 'fold-0'));
  await rm(folder, { recursive: true });
  expect(readStamp(workspace, key)).toBeUndefined();
});
