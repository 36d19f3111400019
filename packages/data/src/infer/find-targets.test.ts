import { describe, expect, it } from 'vitest';
import { always, makeTables, oneOf, plain } from '../testing/make-tables.ts';
import { inferCompetition } from './infer-competition.ts';

const { train, test, sample } = plain;

describe('inferCompetition: targets', () => {
  it('takes a target whose column is in test without a value, but no other such column', () => {
    const blank = { ...test, y: always(''), place: always('') };
    const both = { ...train, place: oneOf('Leeds', '') };
    expect(inferCompetition(makeTables(both, blank, sample)).manifest.columns.target).toBe('y');
    const renamed = makeTables(
      both,
      { ...test, place: always('') },
      { id: sample.id, prediction: always(0) },
    );
    expect(inferCompetition(renamed).manifest.columns.target).toBe('y');
  });
});
