import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('.', import.meta.url));
const readme = readFileSync(join(source, '../README.md'), 'utf8');

/** Where sources name an environment variable: by reading it, or as a constant that is one. */
const names = [
  /\benv\.([A-Z][A-Z0-9_]*)/g,
  /\b(?:env|environment)\[\s*'([A-Z][A-Z0-9_]*)'/g,
  /'((?:FOLDWISE|TF)_[A-Z0-9_]+)'/g,
];

/** The environment variables that a text reads. */
function namesIn(text: string): string[] {
  const taken = [...text.matchAll(/\{([^{}]*)\}\s*=\s*(?:process\.env|environment)\b/g)];
  return [
    ...names.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!)),
    ...taken.flatMap((match) => match[1]!.split(',').map((name) => name.split(':')[0]!.trim())),
  ].filter((name) => name !== '');
}

describe("the README's table of environment variables", () => {
  it('is checked by what finds each way of reading one', () => {
    const text = `process.env.A; env['B_2']; environment['C']; const { D, E: e } = process.env; read('TF_F');`;
    expect(namesIn(text).sort()).toEqual(['A', 'B_2', 'C', 'D', 'E', 'TF_F']);
  });

  it('has every one that the sources read, and no other', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const read = sources.flatMap((name) => namesIn(readFileSync(join(source, name), 'utf8')));
    const listed = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]*)`/gm)].map((match) => match[1]!);
    expect([...new Set(listed)].sort()).toEqual([...new Set(read)].sort());
  });
});

describe("the README's example", () => {
  it('prints what it says', async () => {
    const [, example] = /```ts\n([^]*?)```/.exec(readme)!;
    const [, printed] = /console\.log.*\/\/ (.*)/.exec(example!)!;
    const { code } = await transform(example!, { loader: 'ts', format: 'esm', target: 'es2022' });
    const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: source, encoding: 'utf8' });
    expect([stdout.trim(), stderr]).toEqual([printed, '']);
  });
});
