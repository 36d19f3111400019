import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest.ts';

const manifest = (change: object = {}) => ({
  name: 'movies',
  title: 'Movies',
  files: { train: 'train.csv', test: 'test.csv', sample: 'sub/sample.csv' },
  columns: { id: 'id', text: 'text', target: 'rating' },
  task: 'regression',
  metric: 'rmse',
  ...change,
});

describe('parseManifest', () => {
  it('makes a list of a single target', () => {
    expect(parseManifest(manifest(), 'c.json').columns.target).toEqual(['rating']);
  });

  it('keeps the name of the sample’s id column apart from those of train and test', () => {
    const id = { train: 'a', sample: 'c' };
    const { columns } = parseManifest(manifest({ columns: { id, text: ['t'], target: 'y' } }), 'c.json');
    expect(columns).toEqual({ id: 'c', idOf: { train: 'a', test: undefined }, text: 't', target: ['y'] });
  });

  it.each([
    [
      { columns: { id: { test: 'a' }, text: 'b', target: 'c' } },
      'c.json: columns.id: expected a column name, or names such as',
    ],
    [
      { columns: { id: 'a', text: ['b', 'b'], target: 'c' } },
      'c.json: columns: expected different columns, "b" is named twice',
    ],
    [
      { columns: { id: 'a', text: 'b', separator: ' ', target: 'c' } },
      'c.json: columns.separator: expected none for a single text column, got " "',
    ],
    [
      { task: 'binary', classes: ['a', 'b', 'c'] },
      'c.json: classes: expected two for a binary task: what is written for no and for yes',
    ],
    [{ lisence: 'MIT' }, 'c.json: unknown key "lisence"; the nearest known one is "license"'],
    [{ 'lisence\n': 'MIT' }, 'c.json: unknown key "lisence\\n"; the nearest known one is "license"'],
    [{ metric: undefined }, 'c.json: metric: expected string, but it is missing'],
    [{ title: ' ' }, 'c.json: title: expected a text that is not empty, got " "'],
    [
      { task: 'regress' },
      'c.json: task: expected one of "regression"|"binary"|"multi-class"|"multi-label"|"ordinal", got "regress"',
    ],
    [
      { columns: { id: 'id', text: 'id', target: 'y' } },
      'c.json: columns: expected different columns, "id" is named twice',
    ],
    [
      { columns: { id: 'a', text: 'b', target: [] } },
      'c.json: columns.target: expected array to have >=1 items, got []',
    ],
    [
      { task: 'binary', columns: { id: 'a', text: 'b', target: ['x', 'y'] } },
      'c.json: columns.target: expected one column',
    ],
    [
      { task: 'ordinal', columns: { id: 'a', text: 'b', target: ['x', 'y'] } },
      'c.json: columns.target: expected one column',
    ],
    [
      { classes: ['a', 'b'] },
      'c.json: classes: expected none for a regression task, which has no order, got ["a","b"]',
    ],
    [
      { task: 'ordinal', classes: ['a', 'b', 'a'] },
      'c.json: classes: expected each class once, got ["a","b","a"]',
    ],
    [{ task: 'ordinal', classes: ['a'] }, 'c.json: classes: expected array to have >=2 items, got ["a"]'],
    [
      { columns: { id: 'a', text: 'b', target: 'x', text2: '' } },
      'c.json: columns: unknown key "text2"; the nearest known one is "text"',
    ],
  ])('refuses %j', (change, message) => {
    expect(() => parseManifest(manifest(change), 'c.json')).toThrow(message);
  });

  it.each(['../train.csv', 'a/../../b.csv', '/etc/passwd', 'C:\\a.csv', '..\\a.csv', '\\\\host\\a.csv'])(
    'refuses the path %s',
    (train) => {
      const files = { train, test: 'b.csv', sample: 'c.csv' };
      expect(() => parseManifest(manifest({ files }), 'c.json')).toThrow(
        `c.json: files.train: expected a path inside the competition's folder, got ${JSON.stringify(train)}`,
      );
    },
  );
});
