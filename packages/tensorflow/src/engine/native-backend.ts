/** The native backend, where it is the one in use. */
import { tf } from '../tf.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

/** The backend "tensorflow" if TensorFlow.js runs on it now; native operations fall back to plain ones elsewhere. */
export function nativeBackend(): TensorflowBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as TensorflowBackend) : undefined;
}
