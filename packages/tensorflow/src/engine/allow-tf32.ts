/** Whether products of float32 on NVIDIA GPUs may round their factors to TF32, which has 10 bits of significand. */
import koffi from 'koffi';
import { nativeBackend } from '../backend/native-backend.ts';

/**
 * Sets it for the whole process; TensorFlow allows it by default. Call it before functions run: it decides when they
 * run, not when they are compiled. Says whether it was allowed before; on other backends it does nothing, and CPUs do
 * not round to TF32.
 *
 * It is tsl::enable_tensor_float_32_execution(bool), which TensorFlow exports from C++ only.
 */
export function allowTf32(allowed: boolean): boolean {
  const backend = nativeBackend();
  if (!backend) return false;
  const library = koffi.load(backend.binding.context.cc);
  const before = library.func('_ZN3tsl33tensor_float_32_execution_enabledEv', 'bool', [])() as boolean;
  library.func('_ZN3tsl32enable_tensor_float_32_executionEb', 'void', ['bool'])(allowed);
  return before;
}
