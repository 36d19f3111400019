/** What mutated files start from: a small good file of each format that is read, and whole competitions. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makeZip } from '@foldwise/data/testing/make-zip';
import { damageParquet } from './damage-parquet.ts';

/** A folder's files by name. One of them is mutated, and `read` is read. */
export interface Start {
  files: Record<string, Buffer>;
  mutated: string;
  /** The path of a table; undefined for a competition's folder. */
  read?: string;
  /** Packs the mutated content, so that what is within is reached, too. */
  pack?: (content: Buffer) => Buffer;
  /** Damages half of the files in the format's own way. */
  damage?: (content: Buffer, random: () => number) => Buffer;
}

const text = (content: string): Buffer => Buffer.from(content);
const parquet = (name: string): Buffer =>
  readFileSync(new URL(`../../packages/data/fixtures/tables/${name}.parquet`, import.meta.url));

const parquetFiles = [
  ...['types-none', 'types-snappy', 'types-zstd', 'types-gzip', 'types-lz4', 'types-brotli'],
  ...['encodings-1-none', 'encodings-1-snappy', 'encodings-2-none', 'encodings-2-zstd'],
  ...['groups', 'more-types'],
];

const csv = text('id,text,y\r\n1,"a, ""b""\nc",0.5\n2,é漢😀,-1e3\n3,,\n4,plain words,1\n');
const tsv = text('id\ttext\ty\n1\t"a\tb"\t0\n2\tc, d\t1\n');
const jsonLines = text(
  '{"id":1,"text":"a \\"b\\"\\n","y":[1,{"z":null}]}\n{"id":12345678901234567890,"text":"é","y":true}\n',
);
const zip = (content: Buffer): Buffer =>
  makeZip([
    { name: 'data/train.csv', content },
    { name: 'notes.txt', content: 'x' },
  ]);

const competition = {
  'train.csv': text('id,text,label\n1,one text,a\n2,another text,b\n3,a third one,a\n'),
  'test.csv': text('id,text\n8,some text\n9,more of it\n'),
  'sample.csv': text('id,label\n9,a\n8,a\n'),
  'competition.json': text(
    JSON.stringify({
      name: 'x',
      title: 'X',
      files: { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' },
      columns: { id: { train: 'id', test: 'id', sample: 'id' }, text: ['text'], target: 'label' },
      task: 'multi-class',
      metric: 'accuracy',
    }),
  ),
};

const table = (name: string, content: Buffer, pack?: Start['pack']): Start => ({
  files: { [name]: content },
  mutated: name,
  read: name,
  ...(pack && { pack }),
});

export const corpus: readonly Start[] = [
  table('t.csv', csv),
  table('t.csv', Buffer.from('\ufeff' + csv.toString(), 'utf16le')),
  table('t.csv', text('id;text;y\n1;a;0,5\n2;b;1,0\n')),
  table('t.tsv', tsv),
  table('t.jsonl', jsonLines),
  table('t.csv.gz', gzipSync(csv)),
  table('t.csv.gz', csv, (content) => gzipSync(content)),
  table('t.jsonl.gz', jsonLines, (content) => gzipSync(content)),
  table('t.zip', zip(csv)),
  table('t.zip', csv, zip),
  table('t.zip', makeZip([{ name: 't.csv.zip', content: zip(csv) }], { store: true })),
  ...parquetFiles.map((name) => ({ ...table('t.parquet', parquet(name)), damage: damageParquet })),
  ...Object.keys(competition).map((mutated) => ({ files: competition, mutated })),
];
