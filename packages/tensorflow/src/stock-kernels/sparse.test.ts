import { beforeAll, describe, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { expectRefused, expectSame } from './testing/expect-same.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const ints = (values: number[]) => tf.tensor1d(values, 'int32');
const pairs = (values: number[]) => tf.tensor2d(values, [values.length / 2, 2], 'int32');

describe('sparseFillEmptyRows', () => {
  const fill = tf.sparse.sparseFillEmptyRows;

  it('gives empty rows the default value', () =>
    expectSame(
      () =>
        fill(pairs([0, 0, 1, 0, 1, 3, 4, 1]), ints([10, 13, 14, 19]), ints([5, 6]), tf.scalar(-1, 'int32')),
      true,
    ));

  it('leaves full rows alone, of floats', () =>
    expectSame(() => fill(pairs([0, 0, 1, 1]), tf.tensor1d([1.5, 2]), ints([2, 2]), tf.scalar(0)), true));

  it('refuses rows beyond the shape', () =>
    expectRefused(() => fill(pairs([2, 0]), ints([1]), ints([2, 2]), tf.scalar(0, 'int32'))));
});

describe('sparseReshape', () => {
  const reshape = tf.sparse.sparseReshape;

  it('moves the indices, also compiled', () =>
    expectSame(() =>
      reshape(tf.tensor2d([0, 0, 0, 0, 0, 1, 1, 2, 3], [3, 3], 'int32'), ints([2, 3, 6]), ints([9, -1])),
    ));

  it('takes a tensor without values', () =>
    expectSame(() => reshape(tf.zeros([0, 2], 'int32'), ints([2, 3]), ints([6]))));

  it('refuses another number of elements', () =>
    expectRefused(() => reshape(pairs([0, 0]), ints([2, 3]), ints([7]))));
});

describe.each(['sparseSegmentSum', 'sparseSegmentMean'] as const)('%s', (name) => {
  const reduce = tf.sparse[name];
  const rows = () => tf.tensor2d([1, 2, 3, 4, -1, -2, -3, -4, 5, 6, 7, 8], [3, 4]);

  it('takes rows together, with a gap between segments', () =>
    expectSame(() => reduce(rows(), ints([0, 1, 2]), ints([0, 0, 2])), true));

  it('takes nothing together', () => expectSame(() => reduce(rows(), ints([]), ints([])), true));

  it('takes whole numbers', () =>
    expectSame(() => reduce(ints([2, -7, 2147483647]), ints([0, 1, 2]), ints([0, 0, 1])), true));

  it('refuses rows that are not there', () => expectRefused(() => reduce(rows(), ints([3]), ints([0]))));
});
