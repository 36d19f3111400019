import { expect, it } from 'vitest';
import { describeFolds } from './describe-folds.ts';
import { partition } from '../split/partition.ts';
import { plotFolds } from './plot-folds.ts';

const halves = partition(Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1), 2);

it('draws a bar as high as the share of each class in each fold, and a line at that of all rows', () => {
  const labels = {
    targets: [Float64Array.of(0, 0, 0, 1, 0, 1, 1, 1)],
    columns: ['y'],
    task: 'multi-class',
  } as const;
  const svg = plotFolds(describeFolds(halves, { ...labels, classes: ['no', 'a<b'] }), 'x & y', false);
  // The axis goes from 0 to 0.8 over 300 pixels.
  const heights = [...svg.matchAll(/height="([\d.]+)" class="(c\d)"/g)].slice(2).map(([, height, fold]) => [fold, height]); // prettier-ignore
  expect(heights).toEqual([
    ['c0', '281.2'],
    ['c1', '93.7'],
    ['c0', '93.7'],
    ['c1', '281.2'],
  ]);
  expect(svg.match(/y1="216.5" y2="216.5" class="whole"/g)).toHaveLength(2);
  expect(svg).toContain('>x &amp; y<');
  expect(svg).toContain('>a&lt;b<');
  expect(svg).not.toContain('NaN');
});

it('draws boxes of numbers over an axis that has all of them, and says what is left out', () => {
  const targets = Array.from({ length: 15 }, (_, t) => Float64Array.of(-3, 1, 2, 3, 4, 5, 6, 10 + t));
  const columns = targets.map((_, t) => `y${t}`);
  const svg = plotFolds(describeFolds(halves, { targets, columns, task: 'regression' }), 'x', true);
  expect(svg.match(/class="c0 whisker"/g)).toHaveLength(12);
  expect(svg).toContain('the 12 first of 15 labels');
  for (const [, y] of svg.matchAll(/ y[12]="([^"]*)"/g)) {
    expect(Number(y)).toBeGreaterThanOrEqual(58);
    expect(Number(y)).toBeLessThanOrEqual(410);
  }
});
