import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeWorkspace, runFoldwise, tinyBert } from './workspace.ts';

const words = ['film', 'good', 'bad', 'story', 'plot', 'music', 'dull', 'fine'];

/** Rows of 1 to 8 words, in no order of length. */
const csv = (rows: number): string =>
  `key,text\n${Array.from({ length: rows }, (_, i) => `k${i},"${words.slice(0, 1 + ((i * 5) % 8)).join(' ')}, ${words[i % 7]}"\n`).join('')}`;

let root: string;
beforeEach(async () => {
  root = await makeWorkspace({ 'texts.csv': csv(5000) });
});

const encode = (...args: string[]) => runFoldwise(root, ['encode', '--model', tinyBert, ...args]);

/** The rows of a `.npy` file of 32 features. */
async function readNpy(name: string): Promise<number[][]> {
  const bytes = await readFile(join(root, name));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + 128));
  expect(bytes.toString('latin1', 0, 128)).toContain(`'shape': (${values.length / 32}, 32), }`);
  return Array.from({ length: values.length / 32 }, (_, row) =>
    Array.from(values.subarray(row * 32, row * 32 + 32)),
  );
}

const aNumber: unknown = expect.any(Number);

describe('foldwise encode', () => {
  it('writes the same vectors to every format, in the order of the rows', async () => {
    const options = ['--input', 'texts.csv', '--precision', 'fp32', '--normalize'];
    const npy = await encode(...options, '--output', 'v.npy', '--json');
    expect(npy.code, npy.stderr).toBe(0);
    expect(JSON.parse(npy.stdout)).toMatchObject({
      output: join(root, 'v.npy'),
      rows: 5000,
      features: 32,
      emptyTexts: 0,
      pool: 'mean',
      normalized: true,
      maxLength: 48,
      precision: 'fp32',
      seconds: aNumber,
      textsPerSecond: aNumber,
      peakMemoryBytes: aNumber,
      engine: { name: expect.any(String) as unknown },
    });
    const vectors = await readNpy('v.npy');
    expect(vectors).toHaveLength(5000);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);

    const csv = await encode(...options, '--output', 'v.csv', '--id', 'key');
    expect(csv.stdout).toMatch(
      /^v\.csv: 5000 rows of 32 features\nmean, normalised, at most 48 tokens, fp32 on /,
    );
    const lines = (await readFile(join(root, 'v.csv'), 'utf8')).trim().split('\n');
    expect(lines[0]).toBe(`key,${Array.from({ length: 32 }, (_, i) => `v${i}`).join(',')}`);
    expect(lines[5000]!.split(',')[0]).toBe('k4999');
    const numbers = lines.slice(1).map((line) =>
      line
        .split(',')
        .slice(1)
        .map((cell) => Math.fround(Number(cell))),
    );
    expect(numbers).toEqual(vectors);

    expect((await encode(...options, '--output', 'v.parquet', '--id', 'key')).code).toBe(0);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(root, 'v.parquet')) });
    expect(rows.map(({ key }) => key as string)).toEqual(Array.from({ length: 5000 }, (_, i) => `k${i}`));
    expect(rows.map((row) => Object.values(row).slice(1) as number[])).toEqual(vectors);
  });

  it('gives a row what its text gets alone', async () => {
    const options = ['--precision', 'fp32', '--pool', 'pooler'];
    const lines = (await readFile(join(root, 'texts.csv'), 'utf8')).split('\n');
    // Of the second few thousand.
    expect(lines[4099]).toBe('k4098,"film good bad, story"');
    await writeFile(join(root, 'one.tsv'), 'text\nfilm good bad, story\n');
    expect((await encode('--input', 'one.tsv', '--output', 'one.npy', ...options)).code).toBe(0);
    expect((await encode('--input', 'texts.csv', '--output', 'v.npy', ...options)).code).toBe(0);
    const [alone] = await readNpy('one.npy');
    const row = (await readNpy('v.npy'))[4098]!;
    row.forEach((value, i) => expect(value).toBeCloseTo(alone![i]!, 5));
  });

  it('tells of empty texts, and encodes them', async () => {
    await writeFile(join(root, 'some.csv'), 'text\ngood\n""\nfine\n"  "\n');
    const { code, stdout, stderr } = await encode('--input', 'some.csv', '--output', 'v.npy', '--json');
    expect(stderr).toContain('some.csv:3, column "text": the text is empty, as 1 more are');
    expect({ code, json: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      json: { rows: 4, emptyTexts: 2 },
    });
    const [, empty, , blank] = await readNpy('v.npy');
    expect(empty).toEqual(blank);
  });

  it.each([
    ['an unknown ending', ['--output', 'v.h5'], 'v.h5: the name ends in .h5; expected one of .npy (', 2],
    ['ids in .npy', ['--output', 'v.npy', '--id', 'key'], 'leave the ids out, or write .parquet or .csv', 2],
    ['its own input', ['--output', './texts.csv'], 'is the input; name another file', 2],
    ['a folder that is not there', ['--output', 'no/v.npy'], 'there is no folder', 2],
    ['an unknown head', ['--output', 'v.npy', '--pool', 'maen'], 'Did you mean "mean"?', 2],
    ['a head to be trained', ['--output', 'v.npy', '--pool', 'attention'], 'so it must be trained first', 2],
    [
      'a length of nothing',
      ['--output', 'v.npy', '--max-length', '2'],
      '--max-length: expected a whole number',
      2,
    ],
    ['too many tokens', ['--output', 'v.npy', '--max-length', '49'], 'has 48 positions', 2],
    ['an unknown column', ['--output', 'v.npy', '--text', 'txt'], 'texts.csv:1: there is no column "txt"', 1],
  ])('refuses %s', async (_, args, message, expected) => {
    const { code, stdout, stderr } = await encode('--input', 'texts.csv', ...args);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect((await readdir(root)).filter((name) => /^\.?v\./.test(name))).toEqual([]);
  });

  it('leaves the output as it was, and nothing else, when it is stopped', async () => {
    await writeFile(join(root, 'many.csv'), csv(300_000));
    await writeFile(join(root, 'v.npy'), 'old');
    const before = await readdir(root);
    let sent = false;
    const { code, stderr } = await runFoldwise(
      root,
      ['encode', '--model', tinyBert, '--input', 'many.csv', '--output', 'v.npy'],
      (text, child) => {
        if (!sent && text.includes('encoding, row')) sent = child.kill('SIGINT');
      },
    );
    expect(stderr).toContain('Stopped. v.npy is as it was.');
    expect(code).toBe(130);
    expect(await readdir(root)).toEqual(before);
    expect(await readFile(join(root, 'v.npy'), 'utf8')).toBe('old');
  });
});
