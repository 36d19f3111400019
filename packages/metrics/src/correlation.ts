/** The correlation of two columns, of corrected sums (see `sum`), in loops of its own because ranks of many rows need it. */
import { isConstant } from './is-constant.ts';

/** @returns Pearson's correlation coefficient; NaN where a column is constant */
export function correlation(x: Float64Array, y: Float64Array): number {
  if (isConstant(x) || isConstant(y)) return NaN;
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const [scaleX, scaleY] = [scaleOf(x, meanX), scaleOf(y, meanY)];
  let [xx, yy, xy] = [0, 0, 0];
  let [lostXx, lostYy, lostXy] = [0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const a = (x[row]! - meanX) * scaleX;
    const b = (y[row]! - meanY) * scaleY;
    // Squares are never negative, so their sum is always the larger one or the first.
    const nextXx = xx + a * a;
    lostXx += xx >= a * a ? xx - nextXx + a * a : a * a - nextXx + xx;
    xx = nextXx;
    const nextYy = yy + b * b;
    lostYy += yy >= b * b ? yy - nextYy + b * b : b * b - nextYy + yy;
    yy = nextYy;
    const nextXy = xy + a * b;
    lostXy += Math.abs(xy) >= Math.abs(a * b) ? xy - nextXy + a * b : a * b - nextXy + xy;
    xy = nextXy;
  }
  const result = (xy + lostXy) / Math.sqrt((xx + lostXx) * (yy + lostYy));
  // Rounding may leave it just beyond one.
  return Math.min(1, Math.max(-1, result));
}

function meanOf(values: Float64Array): number {
  let [total, lost] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return (total + lost) / values.length;
}

/** A power of two, which rounds nothing, that brings the largest difference from the mean near 1: squares of tiny ones vanish. */
function scaleOf(values: Float64Array, mean: number): number {
  let largest = 0;
  for (let row = 0; row < values.length; row++) {
    const size = Math.abs(values[row]! - mean);
    if (size > largest) largest = size;
  }
  return 2 ** Math.min(1000, -Math.floor(Math.log2(largest)));
}
