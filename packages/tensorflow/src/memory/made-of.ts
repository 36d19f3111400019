/** Tensors that take the place of others. */
import { idOf } from '../compile/own-value.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';

/**
 * What `make` makes of tensors that nobody else holds; they are disposed. Of operations it is not known in general
 * whether their result shares the memory of an input, so that a variable's value is copied before a compiled function
 * writes into it; this one's is not.
 */
export function madeOf<T extends tf.Tensor>(tensors: tf.Tensor[], make: (tensors: tf.Tensor[]) => T): T {
  const made = tf.tidy(() => make(tensors));
  tf.dispose(tensors);
  const backend = nativeBackend();
  if (backend) {
    const entry = backend.binding.entries.get(idOf(backend, made));
    if (entry.kind === 'value') entry.shared = false;
  }
  return made;
}
