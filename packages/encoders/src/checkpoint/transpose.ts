/** Transposes a matrix of a checkpoint: PyTorch keeps kernels as [outputs, inputs], TensorFlow as [inputs, outputs]. */

/** Row-major [rows, columns] to [columns, rows] in `result`, whose rows are `stride` numbers apart. */
export function transpose(
  values: Float32Array,
  rows: number,
  columns: number,
  result = new Float32Array(values.length),
  stride = rows,
): Float32Array {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * stride + row] = values[row * columns + column]!;
  return result;
}
