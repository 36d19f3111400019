import { describe, expect, it } from 'vitest';
import { findHead } from './find-head.ts';
import { heads } from './heads.ts';

const known = `Known heads: ${Object.keys(heads).join(', ')}.`;

describe('findHead', () => {
  it.each([
    ['maen', 'mean'],
    ['CLS', 'cls'],
    ['concatenate', 'concat'],
    ['gme:3', 'gem'],
  ])('names what is known where it finds no "%s"', (spec, nearest) => {
    const [name] = spec.split(':');
    expect(() => findHead(spec)).toThrow(
      new Error(`Unknown head "${name}". Did you mean "${nearest}"? ${known}`),
    );
  });

  it('does so for the parts of a head', () => {
    expect(() => findHead('concat:cls+maen')).toThrow(
      `Head "concat:cls+maen": Unknown head "maen". Did you mean "mean"? ${known}`,
    );
  });

  it.each(['toString', 'constructor', '__proto__', '', ' mean'])('knows no "%s"', (name) => {
    expect(() => findHead(name)).toThrow(`Unknown head "${name}". Did you mean "`);
  });
});
