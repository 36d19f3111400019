import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { embeddingLookup } from './embedding-lookup.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';

const { table, y, dy, dtable, ids } = readFixture('embedding_lookup') as {
  table: number[][];
  y: number[][][];
  dy: number[][][];
  dtable: number[][];
  ids: number[][];
};

describe('embeddingLookup', () => {
  everyWay((evaluate) => {
    it("gives PyTorch's rows, and gradients that add up over equal ids", () => {
      const both = (table: tf.Tensor, ids: tf.Tensor, dy: tf.Tensor) => {
        const lookup = (table: tf.Tensor) => embeddingLookup(table as tf.Tensor2D, ids);
        return [lookup(table), tf.grad(lookup)(table, dy)];
      };
      const inputs = [tf.tensor(table), tf.tensor(ids, undefined, 'int32'), tf.tensor(dy)];
      const [rows, gradient] = evaluate(both, ...inputs);
      expect(rows!.map(Math.fround)).toEqual(y.flat(2).map(Math.fround));
      expectClose(gradient!, dtable);
    });

    it.each([-1, 6])('refuses the id %i of a table of 6 rows', (id) => {
      const inputs = [tf.tensor(table), tf.tensor([id], undefined, 'int32')] as const;
      const lookup = (table: tf.Tensor, ids: tf.Tensor) => [embeddingLookup(table as tf.Tensor2D, ids)];
      expect(() => evaluate(lookup, ...inputs)).toThrow(/index|indices|out of/i);
      tf.dispose([...inputs]);
    });
  });
});
