/** A tensor's values, read where they are. */
import { idOf } from '../compile/own-value.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import type { tf } from '../tf.ts';

/**
 * What `use` makes of a float32 tensor's values, row-major. On TensorFlow they are not copied, which `data()` does: the
 * array is the engine's own memory, must not be written to, and is empty once `use` has ended. Until then, compiled
 * functions that update the variable throw.
 */
export async function withValues<R>(
  tensor: tf.Tensor,
  use: (values: Float32Array<ArrayBuffer>) => Promise<R>,
): Promise<R> {
  const backend = nativeBackend();
  if (backend && tensor.size > 0 && tensor.dtype === 'float32')
    return backend.binding.withFloats(idOf(backend, tensor), use);
  return use((await tensor.data()) as Float32Array<ArrayBuffer>);
}
