import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Undecided } from '../infer/undecided.ts';
import { errorOf } from '../testing/error-of.ts';
import { makeZip } from '../testing/make-zip.ts';
import { takeFile } from './take-file.ts';

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'take-'))));
afterEach(() => rm(root, { recursive: true }));

/** Takes a file of this name and content; the file that it became, and what is in it. */
async function take(name: string, content: string | Buffer, encoding?: string) {
  const path = join(root, name);
  await writeFile(path, content);
  const folder = await mkdtemp(join(root, 'to-'));
  const { file, table, note } = await takeFile(path, folder, { name: 'train', encoding });
  expect(await readdir(folder)).toEqual([file]);
  return {
    file,
    text: await readFile(join(folder, file), 'utf8'),
    rows: table.header.map((column) => [column, ...(table.table.array(column) as string[])]),
    path: table.path.replace(root, ''),
    note: note?.replaceAll(`${root}/`, ''),
  };
}

const plain = [
  ['id', '1', '2'],
  ['text', 'a, b', 'say "c"'],
];

describe('takeFile', () => {
  it('leaves a good file as it is', async () => {
    const csv = 'id,text\r\n1,"a, b"\r\n2,"say ""c"""\r\n';
    expect(await take('Train set.csv', csv)).toEqual({
      file: 'train.csv',
      text: csv,
      rows: plain,
      path: '/Train set.csv',
      note: undefined,
    });
  });

  it('unpacks', async () => {
    expect(await take('t.tsv.gz', gzipSync('id\ttext\n1\ta, b\n2\t"say ""c"""\n'))).toMatchObject({
      file: 'train.tsv',
      rows: plain,
    });
    const zip = makeZip([{ name: 'deep/train.csv', content: 'id,text\n1,"a, b"\n2,"say ""c"""\n' }]);
    expect(await take('t.zip', zip)).toMatchObject({
      file: 'train.csv',
      rows: plain,
      path: '/t.zip/deep/train.csv',
    });
  });

  it.each<[string, string | Buffer, string, string?]>([
    [
      'separated by semicolons',
      'id;text\n1;a, b\n2;"say ""c"""\n',
      'x.csv was separated by semicolons: written anew as train.csv',
    ],
    [
      'separated by tabs',
      'id\ttext\n1\ta, b\n2\tsay "c"\n',
      'x.csv was separated by tabs: written anew as train.csv',
    ],
    [
      'with backslashes before quotes',
      'id,text\n1,"a, b"\n2,"say \\"c\\""\n',
      'x.csv was with backslashes before quotes: written anew as train.csv',
    ],
    [
      'in UTF-16',
      Buffer.from('\uFEFFid,text\n1,"a, b"\n2,"say ""c"""\n', 'utf16le'),
      'x.csv was in UTF-16LE: written anew as train.csv',
    ],
    [
      'in UTF-16 without a mark',
      Buffer.from('id,text\n1,"a, b"\n2,"say ""c"""\n', 'utf16le'),
      'x.csv was in UTF-16LE: written anew as train.csv',
    ],
  ])('writes a file anew that is %s', async (_, content, note) => {
    expect(await take('x.csv', content)).toEqual({
      file: 'train.csv',
      text: 'id,text\n1,"a, b"\n2,"say ""c"""\n',
      rows: plain,
      path: '/x.csv',
      note,
    });
  });

  it('takes texts alone in another encoding', async () => {
    const { text } = await take('x.csv', Buffer.from('text\ncaf\xe9\n"a, b"\n', 'latin1'));
    expect(text).toBe('text\ncafé\n"a, b"\n');
  });

  it('takes decimal commas beside semicolons for points', async () => {
    const { text, note } = await take('x.csv', '\uFEFFid;y;text\r\n1;2,75;a, b\r\n2;-3;c\r\n3;;1,5\r\n');
    expect(text).toBe('id,y,text\n1,2.75,"a, b"\n2,-3,c\n3,"","1,5"\n');
    expect(note).toBe(
      'x.csv was separated by semicolons; with decimal commas in y: written anew as train.csv',
    );
  });

  it('names columns without a name, and those of the same one', async () => {
    const { rows, note } = await take('x.csv', ',text,text\n0,a,b\n1,c,d\n');
    expect(rows.map(([name]) => name)).toEqual(['unnamed', 'text', 'text_2']);
    expect(note).toBe(
      'x.csv was column 1 without a name, now unnamed; column 3 named text again, now text_2: written anew as train.csv',
    );
  });

  it('takes bars of a .tsv without quotes, whose texts begin with one', async () => {
    const { rows } = await take('x.tsv', 'id|text\n1|"a" said she\n2|"b\n');
    expect(rows).toEqual([
      ['id', '1', '2'],
      ['text', '"a" said she', '"b'],
    ]);
  });

  it('takes JSON, an array or lines, with lists', async () => {
    const items = [
      { id: 1, ingredients: ['olive oil', 'a "b"'], x: null },
      { id: 2, ingredients: [], y: { z: true } },
    ];
    const { file, rows } = await take('train.json', JSON.stringify(items));
    expect(file).toBe('train.csv');
    expect(rows).toEqual([
      ['id', '1', '2'],
      ['ingredients', 'olive oil, a "b"', ''],
      ['x', '', ''],
      ['y', '', '{"z":true}'],
    ]);
    const lines = await take('lines.json', '{"id":1,"text":"a"}\n{"id":2,"text":"b"}\n');
    expect(lines).toMatchObject({
      file: 'train.jsonl',
      rows: [
        ['id', '1', '2'],
        ['text', 'a', 'b'],
      ],
    });
  });

  it('takes Windows-1252 where the text is of Western Europe', async () => {
    const { text, note } = await take('x.csv', Buffer.from('id,text\n1,caf\xe9 \x96 bar\n', 'latin1'));
    expect(text).toBe('id,text\n1,café – bar\n');
    expect(note).toBe('x.csv was in windows-1252, as it seems (--encoding): written anew as train.csv');
  });

  it.each<[string, number[], string, string]>([
    ['windows-1251', [0xe4, 0xee, 0xec], 'дом', 'äîì'],
    ['iso-8859-2', [0xbf, 0xf3, 0xb3, 0x77], 'żółw', '¿ó³w'],
    ['gb18030', [0xc4, 0xe3, 0xba, 0xc3], '你好', 'ÄãºÃ'],
  ])('asks for %s, which nothing in the file tells, and takes it', async (encoding, bytes, right, wrong) => {
    const content = Buffer.concat([Buffer.from('id,text\n1,'), Buffer.from(bytes), Buffer.from(' b\n')]);
    const error = await take('x.csv', content).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Undecided);
    expect((error as Undecided).option).toBe('encoding');
    expect((error as Undecided).message).toBe(
      `${join(root, 'x.csv')}:2: not UTF-8; in Windows-1252 it reads "1,${wrong} b"`,
    );
    const taken = await take('x.csv', content, encoding);
    expect(taken.text).toBe(`id,text\n1,${right} b\n`);
    expect(taken.note).toBe(`x.csv was in ${encoding}: written anew as train.csv`);
  });

  it.each([
    [
      'ends of empty fields',
      'y,text\nham,"a, b",,\nspam,c,,\n',
      'with empty fields at the ends of lines',
      ['a, b', 'c'],
    ],
    [
      'commas in a last text',
      'y,text\nham,a b, c d\nspam,"e, f",,\nham,g\n',
      'with separators in texts without quotes (text, 1 row)',
      ['a b, c d', 'e, f', 'g'],
    ],
    [
      'commas in a first text',
      'text,y\na b, c, d e,ham\nf,spam\n',
      'with separators in texts without quotes (text, 1 row)',
      ['a b, c, d e', 'f'],
    ],
    [
      'a carriage return in a text',
      'y,text\nham,a\rb\nspam,c\r\n',
      'with carriage returns within lines',
      ['a\rb', 'c'],
    ],
  ])('mends %s', async (_, content, note, texts) => {
    const taken = await take('x.csv', content);
    expect(taken.note).toBe(`x.csv was ${note}: written anew as train.csv`);
    expect(taken.rows.find(([name]) => name === 'text')!.slice(1)).toEqual(texts);
  });

  it.each([
    ['x.csv', 'id,text\n1,"a"\n2,"b"\n3,"c"\n4,"never closed\n', 'x.csv:5'],
    ['x.csv', 'id,text\n1,a\n2,b,c,d\n3\n', 'x.csv:3'],
    ['x.csv', 'text,more\na b,c d\ne f,g h,i j\n', 'x.csv:3'],
    ['x.csv', '', 'x.csv: the file is empty'],
    ['x.xlsx', 'PK', 'x.xlsx: an Excel workbook: save the sheet as "CSV UTF-8" in Excel'],
    ['x.json', '[1, 2]', 'x.json: item 1: expected an object, got 1'],
    ['x.csv', Buffer.from([105, 100, 44, 0, 10, 0, 1, 2]), 'x.csv:1: a NUL byte'],
  ])('refuses %s with %j', async (name, content, message) => {
    const error = await errorOf(take(name, content));
    expect(error.message.replaceAll(`${root}/`, '').slice(0, message.length)).toBe(message);
  });

  it('does not know every encoding', async () => {
    await expect(take('x.csv', Buffer.from('a,b\n\xe9,1\n', 'latin1'), 'klingon')).rejects.toThrow(
      '--encoding: there is no encoding "klingon"; usual ones are windows-1252',
    );
  });
});
