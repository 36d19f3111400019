/**
 * Writes a competition of many rows for `tables.ts`: texts of words that are drawn by Zipf's law from those of
 * movie-sentiment, one in ten with characters beyond Latin-1, with commas, quotes and line ends within. Seeded.
 */
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readTable } from '@foldwise/data';
import { runJson } from '../comparison/run-json.ts';

export interface TablesSize {
  rows: number;
  testRows: number;
  /** Words of a text, on average. */
  words: number;
}

/** What files end in; Parquet files need a Python with pandas. */
export const ENDINGS = ['csv', 'csv.gz', 'parquet'] as const;
export type Ending = (typeof ENDINGS)[number];

const NAMES = ['train', 'test', 'sample'];

/**
 * Files that are there are left as they are.
 *
 * @returns a folder with files of this ending
 */
export async function makeTables(
  folder: string,
  ending: Ending,
  { python, ...size }: TablesSize & { python: string | undefined },
): Promise<string> {
  await makeCsv(folder, size);
  if (ending === 'csv') return folder;
  const other = join(folder, ending);
  if (existsSync(join(other, 'competition.json'))) return other;
  mkdirSync(other, { recursive: true });
  if (ending === 'parquet') {
    if (python === undefined)
      throw new Error('--format parquet: needs --python, with pandas, which writes the files');
    await runJson(python, ['benchmarks/peers/tables.py', 'convert', folder]);
    for (const name of NAMES) renameSync(join(folder, `${name}.parquet`), join(other, `${name}.parquet`));
  } else
    for (const name of NAMES)
      await pipeline(
        createReadStream(join(folder, `${name}.csv`)),
        createGzip(),
        createWriteStream(join(other, `${name}.csv.gz`)),
      );
  writeManifest(other, ending);
  return other;
}

async function makeCsv(folder: string, { rows, testRows, words }: TablesSize): Promise<void> {
  if (existsSync(join(folder, 'competition.json'))) return;
  mkdirSync(folder, { recursive: true });
  const { table } = await readTable('data/movie-sentiment/train.csv');
  const counts = new Map<string, number>();
  for (const word of (table.array('text') as string[]).flatMap((text) => text.match(/[\p{L}']+/gu) ?? []))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  const vocabulary = [...counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
  const random = mulberry(42);
  const word = (): string => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? vocabulary[0]!;
  const text = (): string => {
    const parts = Array.from({ length: Math.ceil(words * (0.5 + random())) }, word);
    parts.splice(Math.floor(random() * parts.length), 0, ', said "', 'so",');
    if (random() < 0.1) parts.push('… “naïve” 😀');
    if (random() < 0.3) parts.push('\nend');
    return parts.join(' ');
  };
  await write(
    join(folder, 'train.csv'),
    'id,text,label\n',
    rows,
    (row) => `${row},"${quoted(text())}",${Number(random() < 0.3)}\n`,
  );
  await write(
    join(folder, 'test.csv'),
    'id,text\n',
    testRows,
    (row) => `${rows + row},"${quoted(text())}"\n`,
  );
  await write(join(folder, 'sample.csv'), 'id,label\n', testRows, (row) => `${rows + row},0.5\n`);
  writeManifest(folder, 'csv');
}

function writeManifest(folder: string, ending: Ending): void {
  writeFileSync(
    join(folder, 'competition.json'),
    JSON.stringify({
      name: 'many-rows',
      title: 'Many rows',
      files: Object.fromEntries(NAMES.map((name) => [name, `${name}.${ending}`])),
      columns: { id: 'id', text: 'text', target: 'label' },
      task: 'binary',
      metric: 'roc-auc',
    }),
  );
}

const quoted = (text: string): string => text.replaceAll('"', '""');

async function write(
  path: string,
  header: string,
  rows: number,
  line: (row: number) => string,
): Promise<void> {
  const file = createWriteStream(path);
  file.write(header);
  for (let row = 0; row < rows; row++) if (!file.write(line(row))) await once(file, 'drain');
  file.end();
  await once(file, 'close');
}

/** mulberry32 (Tommy Ettinger, public domain): numbers from 0 to 1. */
function mulberry(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
