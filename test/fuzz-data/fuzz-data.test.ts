import { describe, expect, it } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

describe('the readers of data', () => {
  it('give a table or an error that names the file, whatever is in it', async () => {
    const { tables, errors, faults } = await runFuzz(Array.from({ length: 100 }, (_, number) => number));
    expect(faults).toEqual([]);
    expect(tables).toBeGreaterThan(5);
    expect(errors).toBeGreaterThan(50);
  });
});
