/** Transposes a matrix of a checkpoint: PyTorch keeps kernels as [outputs, inputs], TensorFlow as [inputs, outputs]. */

/** Row-major [rows, columns] to row-major [columns, rows]. */
export function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = values[row * columns + column]!;
  return result;
}
