/** Compares what a compiled kernel gave with what the eager one gives for the same inputs. */
import { tf } from '@foldwise/tensorflow';

/** What differs between two results, or undefined: types, shapes, and values by more than rounding in fp32. */
export function compareOutputs(
  eager: readonly tf.Tensor[],
  compiled: readonly tf.Tensor[],
  values: boolean,
): string | undefined {
  const described = [eager, compiled].map((tensors) =>
    tensors.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(' and '),
  );
  if (described[0] !== described[1]) return `${described[1]} instead of ${described[0]}`;
  if (!values) return undefined;
  for (const [i, tensor] of eager.entries()) {
    const expected = read(tensor);
    const actual = read(compiled[i]!);
    const at = expected.findIndex((value, j) => !isSame(value, actual[j]!));
    if (at >= 0 || actual.length !== expected.length)
      return `${actual[at]} instead of ${expected[at]}, the value ${at} of ${described[0]}`;
  }
  return undefined;
}

/** Numbers as they are, complex ones in pairs; strings as their bytes, written out. */
function read(tensor: tf.Tensor): (number | string)[] {
  const values = tf.backend().readSync(tensor.dataId);
  return Array.from(values as ArrayLike<number | Uint8Array>, (value) =>
    typeof value === 'number' ? value : String(value),
  );
}

/**
 * Functions may take other implementations of an operation than eager calls do (oneDNN's softmax, say), which sum in
 * another order.
 */
function isSame(a: number | string, b: number | string): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return Object.is(a, b) || (Number.isFinite(a) && Math.abs(a - b) <= 1e-6 + 1e-5 * Math.abs(a));
}
