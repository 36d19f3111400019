/** For tests: tables of the shapes of well-known text competitions, as their pages describe them; all texts are invented. */
import { expect, it } from 'vitest';
import { parseManifest } from '../competition/manifest.ts';
import { inferCompetition, type Inferred } from '../infer/infer-competition.ts';
import type { Tables } from '../infer/tables.ts';
import { parsePipeline } from '../pipeline/parse-pipeline.ts';

/** What the competition is, its files, what is worked out, and columns that are not used. */
type KnownShape = [string, Tables, Partial<Inferred['manifest']>, string[]?];

export function itWorksOut(shapes: KnownShape[]): void {
  it.each(shapes)('works out %s', (_, tables, expected, ignored = []) => {
    const { manifest, settings, findings } = inferCompetition(tables);
    expect(manifest).toMatchObject(expected);
    expect(Object.keys(manifest).sort()).toEqual(expect.arrayContaining(Object.keys(expected)));
    for (const names of ignored)
      expect(findings.find(({ what }) => what === 'not used')?.value).toContain(names);
    // What was worked out is a manifest.
    const files = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' };
    expect(() => parsePipeline({ name: 'x', ...settings }, 'p.ts')).not.toThrow();
    expect(() => parseManifest({ name: 'x', title: 'X', files, ...manifest }, 'c.json')).not.toThrow();
  });
}
