import { describe, expect, it } from 'vitest';
import { renderSubmission } from './render-submission.ts';
import type { SubmissionColumn } from './submission-columns.ts';

const bare = { header: false, cells: false };
const ids: SubmissionColumn = { name: 'id', holds: 'id', kind: 'id', cells: ['a', 'b,c'] };

function cellsOf(kind: SubmissionColumn['kind'], cells: SubmissionColumn['cells'], decimals?: number) {
  const style = { lineEnd: '\n' as const, quoted: [bare], decimals: [decimals] };
  const text = renderSubmission({ header: ['y'], ids: [], style }, [{ name: 'y', holds: 'y', kind, cells }]);
  return text.trimEnd().split('\n').slice(1);
}

describe('renderSubmission', () => {
  it('writes line ends and quotes as the sample has them', () => {
    const style = {
      lineEnd: '\r\n' as const,
      quoted: [
        { header: true, cells: true },
        { header: true, cells: false },
      ],
      decimals: [undefined, 0],
    };
    const columns: SubmissionColumn[] = [
      ids,
      { name: 'y', holds: 'y', kind: 'number', cells: Float64Array.of(1, 0.5) },
    ];
    expect(renderSubmission({ header: ['id', 'y'], ids: ['a', 'b,c'], style }, columns)).toBe(
      '"id","y"\r\n"a",1\r\n"b,c",0.5\r\n',
    );
  });

  it('writes numbers that read back to the same, without exponents', () => {
    const values = [0.1 + 0.2, 1e-7, -1.5e-9, 1.25e21, -0, 123456.789, 5e-324, 2 ** 53];
    const cells = cellsOf('number', Float64Array.from(values));
    expect(cells.map(Number)).toEqual(values.map((value) => value + 0));
    expect(cells.slice(0, 5)).toEqual([
      '0.30000000000000004',
      '0.0000001',
      '-0.0000000015',
      '1250000000000000000000',
      '0',
    ]);
    expect(cells.join()).not.toContain('e');
  });

  it('gives numbers at least the decimals of the sample, and cuts none', () => {
    expect(cellsOf('number', Float64Array.of(2, 0.125, -3.5), 2)).toEqual(['2.00', '0.125', '-3.50']);
    expect(cellsOf('number', Float64Array.of(2, 0.125), 0)).toEqual(['2', '0.125']);
  });

  it('takes what is beyond 0 and 1 by rounding alone for 0 and 1', () => {
    expect(cellsOf('probability', Float64Array.of(1 + 4e-16, -1e-17, 0.5), 1)).toEqual(['1.0', '0.0', '0.5']);
  });

  it('spells numeric labels as the sample does, and leaves names alone', () => {
    expect(cellsOf('label', ['1.0', '2.5', '-3.0', 'low'], 0)).toEqual(['1', '2.5', '-3', 'low']);
    expect(cellsOf('label', Float64Array.of(0, 1), 1)).toEqual(['0.0', '1.0']);
    expect(cellsOf('label', ['007', '010'], 0)).toEqual(['007', '010']);
    expect(cellsOf('label', ['007', '1.0'], undefined)).toEqual(['007', '1.0']);
  });
});
