import { spawn } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { makeWorkspace } from './workspace.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The program in docs/library.md, as it stands there. */
async function program(): Promise<string> {
  const text = await readFile(join(repository, 'docs', 'library.md'), 'utf8');
  return /^```ts\n(.*?)^```$/ms.exec(text)![1]!;
}

it('runs the program of docs/library.md', async () => {
  const root = await makeWorkspace();
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'program.ts'), await program());
  const tsx = pathToFileURL(join(repository, 'node_modules', 'tsx', 'dist', 'esm', 'index.mjs')).href;
  const child = spawn(process.execPath, ['--import', tsx, 'program.ts'], { cwd: root });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.split('\n');
  // The first fold was whole when the signal came, and the second one was begun.
  expect(lines[0]).toBe('Fold 0 is done already; --again trains it anew.');
  expect(stdout).toMatch(/^tiny-bert-cls-\S+ rmse \d/m);
  expect(stdout).toMatch(/^tiny-bert-mean-\S+ rmse \d/m);
  expect(stdout).toContain("12 rows were held out once: [ 'id', 'y' ]");
  expect(stdout).toMatch(/^blended by (mean|ridge) \d/m);
  // Two runs and their blend.
  expect(stdout.match(/^│ [0-2] +│ [1-3] /gm)).toHaveLength(3);
});
