/** Clipping by global norm (Pascanu et al. 2013). */
import { AttributeKind } from '../binding/attributes.ts';
import { activeTracer } from '../compile/active-tracer.ts';
import { idOf } from '../compile/own-value.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { usesKernels } from '../ops/kernels.ts';
import { nativeOp } from '../ops/native-op.ts';
import { rowsOf } from '../ops/row-gradient.ts';

/** The factor, at most 1, that brings the joint Euclidean norm of all gradients down to `limit`: a scalar. */
export function clipFactor(gradients: readonly tf.Tensor[], limit: number): tf.Scalar {
  return tf.tidy(() => {
    const squares = activeTracer() && usesKernels() ? fused(gradients) : tf.addN(gradients.map(squareSum));
    return tf.minimum<tf.Scalar>(tf.div(limit, squares.sqrt().add(1e-6)), 1);
  });
}

/** The squares of all gradients in one pass over them, whatever their types. */
function fused(gradients: readonly tf.Tensor[]): tf.Tensor {
  const backend = nativeBackend()!;
  const { binding } = backend;
  const trace = binding.trace!;
  const inputs = gradients.map(
    (gradient) => rowsOf(gradient)?.sums ?? binding.symbolOf(idOf(backend, gradient)),
  );
  const types = { name: 'T', type: AttributeKind.type, value: inputs.map((input) => trace.typeOf(input)) };
  const operation = 'FoldwiseSquareSum';
  const outputs = trace.outputs(trace.add(operation, [types], inputs), 1, operation);
  return backend.createOutputTensor(binding.addSymbols(outputs, operation)[0]!);
}

/** L2Loss is half of the sum of squares, in one pass. */
function squareSum(x: tf.Tensor): tf.Tensor {
  return nativeBackend() ? nativeOp('L2Loss', { T: { type: 'float32' } }, [x]).mul(2) : x.square().sum();
}
