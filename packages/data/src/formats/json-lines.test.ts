import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../tables/read-table.ts';

let path: string;
beforeAll(async () => void (path = join(await mkdtemp(join(tmpdir(), 'json-lines-')), 't.jsonl')));
afterAll(() => rm(join(path, '..'), { recursive: true }));

async function read(content: string | Uint8Array) {
  await writeFile(path, content);
  const { header, table, lines } = await readTable(path);
  return { columns: Object.fromEntries(header.map((name) => [name, table.array(name)])), lines };
}

async function messageOf(content: string | Uint8Array): Promise<string> {
  const error = await read(content).then(
    () => new Error('no error'),
    (e: Error) => e,
  );
  return error.message.replaceAll(path, 't.jsonl');
}

describe('jsonLines', () => {
  it('reads objects, in any order of their keys, and counts lines', async () => {
    expect(await read('\ufeff{"id": 1, "text": "a\\n\\"b\\" é"}\r\n\n{"text":"c","id":"2"}')).toEqual({
      columns: { id: ['1', '2'], text: ['a\n"b" é', 'c'] },
      lines: [1, 3],
    });
  });

  it('takes keys that come later, and leaves empty what a row lacks', async () => {
    expect((await read('{"a":"x"}\n{"b":"y"}\n{"a":null,"b":"z"}\n')).columns).toEqual({
      a: ['x', '', ''],
      b: ['', 'y', 'z'],
    });
  });

  it('writes every kind of value so that nothing is lost', async () => {
    const { columns } = await read(
      '{"v": 1234567890123456789}\n{"v": 0.1}\n{"v": -0}\n{"v": 1e400}\n{"v": 0.12345678901234567890}\n' +
        '{"v": true}\n{"v": [1, {"a": "12345678901234567890"}, null]}\n{"v": "12345678901234567890 \\" 12345678901234567890"}\n',
    );
    expect(columns['v']).toEqual([
      '1234567890123456789',
      '0.1',
      '-0',
      '1e400',
      '0.12345678901234567890',
      'true',
      '[1,{"a":"12345678901234567890"},null]',
      '12345678901234567890 " 12345678901234567890',
    ]);
  });

  it('goes through blocks of a megabyte', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ id: i, text: 'é'.repeat(i % 100) }));
    const { columns, lines } = await read(rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(columns).toEqual({ id: rows.map(({ id }) => String(id)), text: rows.map(({ text }) => text) });
    expect(lines.at(-1)).toBe(20_000);
  });

  it.each([
    ['an empty file', '\n', 't.jsonl: the file is empty; expected one JSON object a line'],
    [
      'lines that are no JSON, all of them',
      '{"a":1}\n{"a":}\n7\n{"a":2\n',
      /^t\.jsonl:2: not valid JSON: .*\nt\.jsonl:3: expected a JSON object, got 7\nt\.jsonl:4: not valid JSON: /,
    ],
    ['a list', '[{"a":1},\n{"a":2}]', 't.jsonl:1: a JSON list; expected JSON Lines: one object a line'],
    ['a list in one line', '[{"a":1}]', 't.jsonl:1: a JSON list; expected JSON Lines: one object a line'],
    [
      'a key after the first rows',
      `${'{"a":1}\n'.repeat(1000)}{"a":1,"b":2}\n`,
      't.jsonl:1001, column "b": none of the first 1000 rows has this key',
    ],
    ['half of a character', '{"a":"\\ud83d"}', 't.jsonl:1: "a" holds half of a character'],
    ['a name that breaks tables', '{"__proto__":1}', 't.jsonl:1, column "__proto__": rename this column'],
    ['Latin-1', Buffer.from('{"a":"x"}\n{"a":"é"}', 'latin1'), 't.jsonl:2: not valid UTF-8'],
  ])('refuses %s', async (_, content, message) => {
    expect(await messageOf(content)).toMatch(
      message instanceof RegExp ? message : new RegExp(`^${message.replace(/[.[\]{}(]/g, '\\$&')}`),
    );
  });
});
