import { beforeAll, describe, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { expectRefused, expectSame } from './testing/expect-same.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const ints = (values: number[]) => tf.tensor1d(values, 'int32');

describe('raggedGather', () => {
  const flat = ({ outputNestedSplits, outputDenseValues }: ReturnType<typeof tf.raggedGather>) => [
    ...outputNestedSplits,
    outputDenseValues,
  ];

  it('takes rows, empty ones and one twice', () =>
    expectSame(
      () =>
        flat(
          tf.raggedGather([ints([0, 3, 3, 7])], tf.tensor1d([1, 2, 3, 4, 5, 6, 7]), ints([2, 1, 0, 0]), 1),
        ),
      true,
    ));

  it('takes rows of two levels by a matrix of indices', () =>
    expectSame(
      () =>
        flat(
          tf.raggedGather(
            [ints([0, 1, 3, 3]), ints([0, 2, 3, 5])],
            tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2]),
            tf.tensor2d([1, 0, 2, 1], [2, 2], 'int32'),
            3,
          ),
        ),
      true,
    ));

  it('refuses indices that are not there', () =>
    expectRefused(() => flat(tf.raggedGather([ints([0, 1])], tf.tensor1d([1]), ints([1]), 1))));
});

describe('raggedRange', () => {
  const range = (...args: Parameters<typeof tf.raggedRange>) => tf.raggedRange(...args);

  it('goes up, down and nowhere', () =>
    expectSame(() => range(ints([0, 5, 8]), ints([8, 7, 5]), ints([2, 1, -1])), true));

  it('takes one number for all rows, and fractions', () =>
    expectSame(() => range(tf.tensor1d([0, 1]), tf.scalar(2), tf.scalar(0.5)), true));

  it('refuses steps of 0', () => expectRefused(() => range(ints([0]), ints([1]), ints([0]))));
});

describe('raggedTensorToTensor', () => {
  it('fills rows up, also compiled where the shape is stated', () =>
    expectSame(() =>
      tf.raggedTensorToTensor(
        ints([3, 4]),
        tf.tensor1d([1, 2, 3, 4, 5]),
        tf.scalar(-1),
        [ints([0, 2, 2, 5])],
        ['ROW_SPLITS'],
      ),
    ));

  it('takes rows by their ids, of a shape of its own', () =>
    expectSame(
      () =>
        tf.raggedTensorToTensor(
          ints([-1, -1]),
          ints([1, 2, 3]),
          tf.scalar(9, 'int32'),
          [tf.scalar(4, 'int32'), ints([0, 0, 2])],
          ['FIRST_DIM_SIZE', 'VALUE_ROWIDS'],
        ),
      true,
    ));

  it('refuses a default value of another shape', () =>
    expectRefused(() =>
      tf.raggedTensorToTensor(
        ints([1, 1]),
        tf.tensor1d([1]),
        tf.tensor1d([1, 2]),
        [ints([0, 1])],
        ['ROW_SPLITS'],
      ),
    ));
});
