/**
 * What a precision of bf16 means for each of TensorFlow's operations, by name: the table that PyTorch keeps for
 * autocast (https://docs.pytorch.org/docs/stable/amp.html, "Op-Specific Behavior"). In a compiled function, the result
 * of a product stays in bf16 until an operation needs more, so activations between products take half of the memory.
 */

/**
 * - `product`: computes on bf16, whatever comes in; sums are kept in float32 by the hardware.
 * - `layout`: moves values only, in the type that comes in.
 * - `mixed`: takes either type for each input, and chooses the result's itself: this package's own kernels.
 * - `float32`: all others, and with them losses, norms, softmax and optimizers.
 */
export type OperationKind = 'product' | 'layout' | 'mixed' | 'float32';

const products = [
  'MatMul',
  'BatchMatMul',
  'BatchMatMulV2',
  'Conv2D',
  'Conv2DBackpropInput',
  'Conv2DBackpropFilter',
  'FoldwiseProductGelu',
];

/** Each of them has its type in the attribute T. */
const layouts = ['Identity', 'Reshape', 'Slice', 'SplitV', 'StridedSlice', 'Transpose', 'Unpack'];

const kinds = new Map<string, OperationKind>([
  ...products.map((name) => [name, 'product'] as const),
  ...layouts.map((name) => [name, 'layout'] as const),
]);

/** The kind of a TensorFlow operation. */
export function operationKind(name: string): OperationKind {
  return kinds.get(name) ?? (name.startsWith('Foldwise') ? 'mixed' : 'float32');
}
