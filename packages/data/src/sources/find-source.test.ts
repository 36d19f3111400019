import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readTable } from '../tables/read-table.ts';
import { makeZip, type Member } from '../testing/make-zip.ts';
import { listTables } from './list-tables.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'find-source-'))));
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const csv = 'id,text\n1,a\n2,b\n';
const plain = { columns: { id: ['1', '2'], text: ['a', 'b'] }, lines: [2, 3] };

const put = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);

async function read(name: string) {
  const { header, table, lines, path } = await readTable(join(folder, name));
  return {
    columns: Object.fromEntries(header.map((c) => [c, table.array(c)])),
    lines,
    path: path.slice(folder.length + 1),
  };
}

async function messageOf(name: string): Promise<string> {
  const error = await read(name).then(
    () => new Error('no error'),
    (e: Error) => e,
  );
  return error.message.replaceAll(join(folder, '/'), '');
}

const one = (member: Partial<Member>, options?: { store: boolean }): Buffer =>
  makeZip([{ name: 'train.csv', content: csv, ...member }], options);

describe('findSource', () => {
  it('reads gzipped files, also of several parts', async () => {
    await put('train.csv.gz', Buffer.concat([gzipSync(csv.slice(0, 9)), gzipSync(csv.slice(9))]));
    expect(await read('train.csv.gz')).toEqual({ ...plain, path: 'train.csv.gz' });
  });

  it.each([false, true])('reads members of archives (stored: %s)', async (store) => {
    await put(
      'all.zip',
      makeZip(
        [
          { name: 'data/', content: '' },
          { name: '__MACOSX/._train.csv', content: 'x' },
          { name: 'data/train.csv', content: csv },
          { name: 'data/test.tsv.gz', content: gzipSync(csv.replaceAll(',', '\t')) },
          { name: 'notes.txt', content: 'x' },
        ],
        { store },
      ),
    );
    expect(await read('all.zip/data/train.csv')).toEqual({ ...plain, path: 'all.zip/data/train.csv' });
    expect(await read('all.zip\\data\\test.tsv.gz')).toEqual({ ...plain, path: 'all.zip/data/test.tsv.gz' });
    expect(await listTables(join(folder, 'all.zip'))).toEqual(
      ['train.csv', 'test.tsv.gz'].map((name) => join(folder, 'all.zip/data', name)),
    );
    expect(await messageOf('all.zip')).toBe(
      'all.zip: holds several tables; name one of them, such as all.zip/data/train.csv, or "data/test.tsv.gz"',
    );
    expect(await messageOf('all.zip/data/trian.csv')).toBe(
      'all.zip: there is no "data/trian.csv" in it; it holds "data/train.csv", "data/test.tsv.gz", "notes.txt"; the nearest is "data/train.csv"',
    );
  });

  it('reads the only table of an archive without its name, and archives in archives', async () => {
    await put('train.csv.zip', one({}));
    expect(await read('train.csv.zip')).toEqual({ ...plain, path: 'train.csv.zip/train.csv' });
    await put('all.zip', makeZip([{ name: 'train.csv.zip', content: one({}) }]));
    expect(await read('all.zip/train.csv.zip')).toEqual({
      ...plain,
      path: 'all.zip/train.csv.zip/train.csv',
    });
    expect((await read('all.zip/train.csv.zip/train.csv')).lines).toEqual([2, 3]);
    expect((await read('all.zip')).lines).toEqual([2, 3]);
    expect(await listTables(join(folder, 'all.zip'))).toEqual([
      join(folder, 'all.zip/train.csv.zip/train.csv'),
    ]);
  });

  it('reads files in folders that are named like archives', async () => {
    await mkdir(join(folder, 'x.zip'));
    await put('x.zip/train.csv', csv);
    expect((await read('x.zip/train.csv')).lines).toEqual([2, 3]);
  });

  it.each<[string, Buffer, string]>([
    [
      'a name that leaves the folder',
      one({ name: '../train.csv' }),
      'x.zip: not a zip archive that can be read: invalid relative path: ../train.csv',
    ],
    [
      'an absolute name',
      one({ name: '/train.csv' }),
      'x.zip: not a zip archive that can be read: absolute path: /train.csv',
    ],
    [
      'a name with a drive',
      one({ name: 'C:train.csv' }),
      'x.zip: not a zip archive that can be read: absolute path: C:train.csv',
    ],
    [
      'a link',
      one({ content: '/etc/passwd', claims: { mode: 0o120777 } }),
      'x.zip/train.csv: a symbolic link; expected a file',
    ],
    [
      'an encrypted member',
      one({ claims: { flags: 0x801 } }),
      'x.zip/train.csv: encrypted; unpack the archive with its password',
    ],
    [
      'an unknown method',
      one({ claims: { method: 14 } }),
      'x.zip/train.csv: packed by method 14; expected deflate',
    ],
    ['another checksum', one({ claims: { crc: 1 } }), 'x.zip/train.csv: damaged: its checksum differs'],
    [
      'fewer bytes than it says',
      one({ claims: { size: 99 } }),
      'x.zip/train.csv: damaged: the archive says 99 bytes, but there are 16',
    ],
    [
      'more bytes than it says',
      one({ claims: { size: 9 } }),
      'x.zip/train.csv: damaged: the archive says 9 bytes, but there are more',
    ],
    [
      'bytes that do not unpack',
      one({ claims: { method: 8 } }, { store: true }),
      'x.zip/train.csv: damaged or incomplete: ',
    ],
    ['half an archive', one({}).subarray(0, 60), 'x.zip: not a zip archive that can be read: '],
    ['no archive', Buffer.from(csv), 'x.zip: not a zip archive that can be read: '],
    ['no table', one({ name: 'x.bin' }), 'x.zip: holds no table; it holds "x.bin"'],
    [
      'members that share bytes',
      makeZip([
        { name: 'train.csv', content: csv },
        { name: 'other.bin', content: csv, claims: { offset: 0 } },
      ]),
      'x.zip/train.csv: shares its bytes with another member',
    ],
    [
      'a fourth archive in archives',
      [1, 2, 3].reduce((zip) => makeZip([{ name: 'train.csv.zip', content: zip }]), one({})),
      'x.zip/train.csv.zip/train.csv.zip/train.csv.zip: more than 3 archives, each in the next',
    ],
  ])('refuses an archive with %s', async (_, zip, message) => {
    await put('x.zip', zip);
    expect((await messageOf('x.zip')).slice(0, message.length)).toBe(message);
  });

  it('refuses gzipped files that are damaged, or end early', async () => {
    await put('t.csv.gz', csv);
    expect(await messageOf('t.csv.gz')).toMatch(/^t\.csv\.gz: damaged or incomplete: incorrect header check/);
    await put('t.csv.gz', gzipSync(csv).subarray(0, -9));
    expect(await messageOf('t.csv.gz')).toMatch(/^t\.csv\.gz: damaged or incomplete: unexpected end of file/);
  });

  it('refuses what unpacks to more than the limit, whatever it claims', async () => {
    vi.stubEnv('FOLDWISE_UNPACK_LIMIT', '1 MB');
    const rows = 'id\n' + '1\n'.repeat(1e6);
    const problem = 'unpacks to more than 1 MB; where the file is what you expect, raise the limit';
    await put('t.csv.gz', gzipSync(rows));
    expect(await messageOf('t.csv.gz')).toContain(`t.csv.gz: ${problem}`);
    await put('x.zip', one({ content: rows }));
    expect(await messageOf('x.zip')).toContain(`x.zip/train.csv: ${problem}`);
    await put('x.zip', one({ content: rows, claims: { size: 100 } }));
    expect(await messageOf('x.zip')).toContain(`x.zip/train.csv: ${problem}`);
    vi.stubEnv('FOLDWISE_UNPACK_LIMIT', 'much');
    expect(await messageOf('t.csv.gz')).toBe(
      'FOLDWISE_UNPACK_LIMIT: expected a size such as 50GB or a number of bytes, got "much"',
    );
  });

  it.each([
    ['train.xlsx', 'train.xlsx: an Excel workbook: save the sheet as "CSV UTF-8" in Excel'],
    ['train.json', 'train.json: JSON, of which only JSON Lines is read'],
    ['train.7z', 'train.7z: a 7z archive: unpack it'],
  ])('says what to do with %s', async (name, message) => {
    await put(name, 'x');
    expect((await messageOf(name)).slice(0, message.length)).toBe(message);
  });

  it('names a member of an archive that is not there, and a folder', async () => {
    expect(await messageOf('no.zip/train.csv')).toBe('no.zip/train.csv: there is no such file');
    expect(await messageOf('.')).toContain(': a folder; expected a file');
  });
});
