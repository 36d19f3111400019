/** Ids of tensors' values in the binding, and values with one owner: variables, which are updated in place. */
import type { TensorflowBackend } from '../backend/native-backend.ts';
import type { tf } from '../tf.ts';

/** The id that a tensor's value has in the binding; uploads the value if nothing used it before. */
export function idOf(backend: TensorflowBackend, tensor: tf.Tensor): number {
  return backend.getInputTensorIds([tensor])[0]!;
}

/**
 * The id of a variable's value, which no other tensor shares from now on. In TensorFlow.js a clone, a reshaped tensor
 * and the tensor that a variable was made of share its value; they keep the one that they have.
 */
export function ownValue(backend: TensorflowBackend, variable: tf.Variable): number {
  if (backend.refCount(variable.dataId) > 1) {
    const { binding } = backend;
    const { shape } = variable;
    const id = idOf(backend, variable);
    const { dtype } = binding.entries.get(id);
    const own = backend.createOutputTensor({
      id: binding.entries.add({
        kind: 'value',
        handle: binding.entries.shareHandle(id),
        shape,
        dtype,
        shared: true,
      }),
      shape,
      dtype,
    });
    variable.assign(own);
    own.dispose();
  }
  return idOf(backend, variable);
}
