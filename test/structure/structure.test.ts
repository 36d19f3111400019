import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findFaults, unexcused, type Exception } from './structure.ts';

/** Each with the reason why the rule does harm there. */
const exceptions: Exception[] = [
  {
    rule: 'files',
    where: 'packages/tensorflow/kernels',
    reason:
      'one C library: the compiler takes all files of the folder, and they include headers by name alone',
  },
];

it('has short files, small folders and no two files that import each other', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const faults = findFaults(root, ['packages', 'pipelines', 'benchmarks', 'test']);
  expect(unexcused(faults, exceptions)).toEqual([]);
});

/** What is wrong in a temporary folder with these files: the rules and the places. */
function faultsOf(files: Record<string, string>): [rule: string, where: string][] {
  const root = mkdtempSync(join(tmpdir(), 'foldwise-structure-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return findFaults(root, ['src']).map(({ rule, where }) => [rule, where]);
}

const manyFiles = (count: number, name: (i: number) => string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i), '']));

describe('findFaults', () => {
  it('finds files that are too long, tests among them', () => {
    const files = {
      'src/300.ts': 'a();\n'.repeat(300),
      'src/301.ts': 'a();\n'.repeat(301),
      'src/open.ts': `${'a();\n'.repeat(300)}a();`,
      'src/long.test.ts': 'a();\n'.repeat(301),
      'src/long.py': 'a\n'.repeat(301),
      'src/fixtures/long.ts': 'a();\n'.repeat(301),
      'src/node_modules/long.ts': 'a();\n'.repeat(301),
    };
    expect(faultsOf(files).sort()).toEqual([
      ['lines', 'src/301.ts'],
      ['lines', 'src/long.test.ts'],
      ['lines', 'src/open.ts'],
    ]);
  });

  it('finds folders of too many source files, tests, declarations and fixtures aside', () => {
    const files = {
      ...manyFiles(20, (i) => `src/full/${i}.ts`),
      ...manyFiles(20, (i) => `src/full/${i}.test.ts`),
      'src/full/some.d.ts': '',
      'src/full/some.json': '',
      ...manyFiles(21, (i) => `src/full/fixtures/${i}.ts`),
      ...manyFiles(20, (i) => `src/deep/${i}.ts`),
      'src/deep/more/one.ts': '',
      ...manyFiles(20, (i) => `src/over/${i}.ts`),
      'src/over/script.mjs': '',
    };
    expect(faultsOf(files)).toEqual([['files', 'src/over']]);
  });

  it.each([
    ["import { b } from './b.ts';", "import { a } from './a.ts';"],
    ["import type { B } from './b.ts';", "import type { A } from './a.ts';"],
    ["export * from './b.ts';", "export { a } from '../src/a.ts';"],
    ["const b = () => import('./b.ts');", "type A = import('./a.ts').A;"],
  ])('finds two files that import each other: %s', (a, b) => {
    expect(faultsOf({ 'src/a.ts': a, 'src/b.ts': b })).toEqual([['cycle', 'src/a.ts → src/b.ts']]);
  });

  it('finds three files that do, and a file that imports itself', () => {
    const files = {
      'src/entry.ts': "import './in/b.ts';",
      'src/in/a.ts': "import './b.ts';",
      'src/in/b.ts': "import '../c.ts';\nimport './leaf.ts';",
      'src/c.ts': "import './in/a.ts';",
      'src/in/leaf.ts': "import 'node:fs';\nimport './gone.ts';",
      'src/self.ts': "import './self.ts';",
    };
    expect(faultsOf(files).sort()).toEqual([
      ['cycle', 'src/c.ts → src/in/a.ts → src/in/b.ts'],
      ['cycle', 'src/self.ts'],
    ]);
  });

  it('takes no words of strings and comments for imports, nor a diamond for a cycle', () => {
    const files = {
      'src/top.ts': "import './left.ts';\nimport './right.ts';",
      'src/left.ts': "import './bottom.ts';",
      'src/right.ts': "import './bottom.ts';",
      'src/bottom.ts': "// import './top.ts';\nconst text = `import './top.ts';`;",
    };
    expect(faultsOf(files)).toEqual([]);
  });
});

describe('unexcused', () => {
  it('leaves out what has an exception, and names exceptions without a fault', () => {
    const fault = { rule: 'lines', where: 'a.ts', message: 'a.ts is long' } as const;
    const exception = { rule: 'lines', where: 'a.ts', reason: 'a table' } as const;
    expect(unexcused([fault], [])).toEqual(['a.ts is long']);
    expect(unexcused([fault], [exception])).toEqual([]);
    expect(unexcused([], [exception])).toEqual([
      'the exception for a.ts (lines) is not needed any more: remove it',
    ]);
    expect(unexcused([{ ...fault, rule: 'files' }], [exception])).toHaveLength(2);
  });
});
