import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isLooseNumber, missingAmong, missingGroups } from './missing-cells.ts';

const ofPandas = JSON.parse(
  await readFile(new URL('../../fixtures/missing.json', import.meta.url), 'utf8'),
) as string[];
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map(String);

it('takes for missing among numbers what pandas does', () => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1 }),
      fc.array(fc.constantFrom(...ofPandas, ' ', ' NaN ')),
      (numbers, missing) => {
        const isMissing = missingAmong([...missing, ...numbers]);
        expect(numbers.filter(isMissing)).toEqual([]);
        expect(missing.filter(isMissing)).toEqual(missing);
      },
    ),
  );
});

it('leaves names alone that look so', () => {
  const isMissing = missingAmong(['NA', 'EU', 'None', 'nan', '']);
  expect(['NA', 'EU', 'None', 'nan', '', ' '].filter(isMissing)).toEqual(['', ' ']);
  // Without a number, nothing tells that numbers are meant.
  expect(missingAmong(['NaN', ''])('NaN')).toBe(false);
});

it('takes for missing among groups what is never a name, too', () => {
  const isMissing = missingGroups(['NA', 'EU', 'nan', '#N/A', '']);
  expect(['NA', 'EU', 'nan', '#N/A', ''].filter(isMissing)).toEqual(['nan', '#N/A', '']);
});

it.each(['inf', '-Infinity', '45%', '1,234.5', '1 234', '12,000,000', '$3', '€ 1,200', '3,5', '.5%', '12 €'])(
  'knows %s for a number to people',
  (cell) => {
    expect(isLooseNumber(cell)).toBe(true);
  },
);

it.each(['', '1', '-1.5e3', '3 apples', '1-2', 'a1', '1,2,3', '2024-05-01', '10:30', '1 2'])(
  'takes %j for none',
  (cell) => {
    expect(isLooseNumber(cell)).toBe(false);
  },
);
