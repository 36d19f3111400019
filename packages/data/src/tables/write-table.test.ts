import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { writeTable } from './write-table.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-table-'));
  path = join(folder, 't.csv');
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeTable', () => {
  it('quotes what needs quotes and ends every line with LF', async () => {
    await writeTable(
      path,
      ['id', 'a,b'],
      [['1', 'x"y', 'p\r\nq', ' s '], Float64Array.of(0.1, -0, 1e21, 5e-324)],
    );
    expect(await readFile(path, 'utf8')).toBe('id,"a,b"\n1,0.1\n"x""y",-0\n"p\r\nq",1e+21\n s ,5e-324\n');
  });

  it('reads back the same strings and doubles', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '😀', ';') });
    const row = fc.tuple(cell, fc.double({ noDefaultInfinity: true, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(row), async (rows) => {
        const strings = rows.map(([s]) => s);
        const numbers = rows.map(([, x]) => x);
        await writeTable(path, ['s', 'x'], [strings, numbers]);
        const { table } = await readTable(path);
        expect(table.array('s')).toEqual(strings);
        expect((table.array('x') as string[]).map(Number)).toEqual(numbers);
      }),
      { numRuns: 50 },
    );
  });

  it('reads back empty strings in a single column', async () => {
    await writeTable(path, ['s'], [['', 'a', '']]);
    expect((await readTable(path)).table.array('s')).toEqual(['', 'a', '']);
  });

  it.each([
    ['NaN', [[1, NaN]], 'row 2, column "a" is NaN'],
    ['infinity', [[-Infinity]], 'row 1, column "a" is -Infinity'],
    ['columns without a name', [[1], [2]], '1 column names for 2 columns'],
  ])('refuses %s and keeps the old file', async (_, columns, message) => {
    await writeFile(path, 'old');
    await expect(writeTable(path, ['a'], columns)).rejects.toThrow(message);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['t.csv']);
  });

  it('refuses columns of unlike length', async () => {
    await expect(writeTable(path, ['a', 'b'], [[1, 2], [1]])).rejects.toThrow(
      'column "b" has 1 rows, but "a" has 2',
    );
  });
});
