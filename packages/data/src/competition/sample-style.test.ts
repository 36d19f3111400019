import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTable } from '../tables/read-table.ts';
import { sampleStyle } from './sample-style.ts';

async function styleOf(text: string) {
  const path = join(await mkdtemp(join(tmpdir(), 'style-')), 'sample.csv');
  await writeFile(path, text);
  return sampleStyle(await readTable(path));
}
const bare = { header: false, cells: false };
const quoted = { header: true, cells: true };

it.each([
  ['id,y\n1,0\n2,0\n', { lineEnd: '\n', quoted: [bare, bare], decimals: [0, 0] }],
  ['id,y\r\na,0.5\r\nb,0.25', { lineEnd: '\r\n', quoted: [bare, bare], decimals: [undefined, 1] }],
  // As R's write.csv has it: names and texts in quotes, numbers without.
  [
    '"id","y"\n"a, ""b""\n",1.00\n"c",-2.000\n',
    { lineEnd: '\n', quoted: [quoted, { header: true, cells: false }], decimals: [undefined, 2] },
  ],
  // A cell that needs its quotes says nothing of the others.
  ['id,y\n"a,b",1e-3\nc,0\n', { lineEnd: '\n', quoted: [bare, bare], decimals: [undefined, undefined] }],
  ['\uFEFF"id","y"\n"1","good"\n', { lineEnd: '\n', quoted: [quoted, quoted], decimals: [0, undefined] }],
])('sees how %j is written', async (text, style) => {
  expect(await styleOf(text)).toEqual(style);
});
