/** Transposes a matrix of a checkpoint: PyTorch keeps kernels as [outputs, inputs], TensorFlow as [inputs, outputs]. */

/** Row-major [rows, columns], whose rows are `stride` numbers apart in `values`, to [columns, rows]. */
export function transpose(
  values: Float32Array,
  rows: number,
  columns: number,
  stride = columns,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = values[row * stride + column]!;
  return result;
}
