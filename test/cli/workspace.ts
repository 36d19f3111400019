/** For tests of the command: a workspace in a temporary folder, and the command run in it as a person runs it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const foldwise = fileURLToPath(new URL('../../packages/cli/bin/foldwise.js', import.meta.url));
export const tinyBert = fileURLToPath(new URL('../../packages/encoders/fixtures/tiny-bert', import.meta.url));

const words = ['film', 'good', 'bad', 'story', 'plot', 'music', 'dull', 'fine'];

/** Twelve rated texts, three of the test, two folds, and an encoder of a few thousand weights. */
const files = {
  'nx.json': '{}',
  'package.json': '{ "type": "module" }',
  'pipelines/tiny/pipeline.ts':
    `export default { name: 'tiny', encoder: ${JSON.stringify(tinyBert)}, folds: { k: 2 },\n` +
    `  training: { epochs: 2, batch: 4, maxLength: 16 } };\n`,
  'data/tiny/competition.json': JSON.stringify({
    name: 'tiny',
    title: 'Tiny',
    files: { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' },
    columns: { id: 'id', text: 'text', target: 'y' },
    task: 'regression',
    metric: 'rmse',
  }),
  'data/tiny/train.csv': `id,text,y\n${Array.from({ length: 12 }, (_, i) => `r${i},${words[i % 8]} ${words[(i * 3) % 8]},${(i % 5) / 2}\n`).join('')}`,
  'data/tiny/test.csv': 'id,text\nt1,good film\nt2,bad plot\nt3,dull music\n',
  'data/tiny/sample.csv': 'id,y\nt3,0\nt1,0\nt2,0\n',
};

/** @param more files to add or replace, by their paths */
export async function makeWorkspace(more: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'foldwise-cli-'));
  for (const [path, content] of Object.entries({ ...files, ...more })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** @param onStderr hears all that came on stderr so far, and may end the process */
export function runFoldwise(
  root: string,
  args: string[],
  onStderr?: (text: string, child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [foldwise, ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    onStderr?.(stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
