import { describe, expect, it } from 'vitest';
import { makeTables, plain, words, type Columns } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';

const { train, test, sample } = plain;

describe('inferCompetition: texts', () => {
  it('leaves out columns of words that hardly a row has', () => {
    const rare: Columns = { unnamed: (r) => (r === 5 || r === 7 ? `rest of a text ${r}` : '') };
    const { manifest } = inferCompetition(makeTables({ ...train, ...rare }, { ...test, ...rare }, sample));
    expect(manifest.columns.text).toBe('text');
  });

  it.each([
    (r: number) => `Fri Nov 0${1 + (r % 9)} 12:05:${10 + (r % 50)} +0000 2017`,
    (r: number) => `2017-11-0${1 + (r % 9)} 12:05:${10 + (r % 50)}`,
    (r: number) => `Wednesday, ${1 + (r % 28)} March 2016`,
    (r: number) => `Jun ${1 + (r % 28)} 1998`,
  ])('takes no dates for texts: %#', (cell) => {
    const short = { text: words(3), when: cell };
    const { manifest } = inferCompetition(makeTables({ ...train, ...short }, { ...test, ...short }, sample));
    expect(manifest.columns.text).toBe('text');
    const season = { text: words(3), more: (r: number) => `May the ${r} be with you` };
    const both = inferCompetition(makeTables({ ...train, ...season }, { ...test, ...season }, sample));
    expect(both.manifest.columns.text).toBe('more');
  });

  it('takes the single text of test for that of train, if it has another name', () => {
    const files = makeTables(train, { id: test.id, body: words(9, 1) }, sample);
    const { manifest, renamed, findings } = inferCompetition(files);
    expect(manifest.columns.text).toBe('text');
    expect(renamed).toEqual({ from: 'body', to: 'text' });
    expect(findings.find(({ what }) => what === 'text')!.why).toMatch(/; test calls it body$/);
    expect(inferCompetition(makeTables(train, test, sample)).renamed).toBe(undefined);
    const two = makeTables(train, { id: test.id, body: words(9, 1), title: words(9, 2) }, sample);
    expect(() => inferCompetition(two)).toThrow(expect.objectContaining({ option: 'text' }));
  });
});
