/** Whether TensorFlow can be kept to a number of bytes on the CPU. */
import { readEnvironment } from '../c-api/c-environment.ts';

const oneDnn = 'TF_ENABLE_ONEDNN_OPTS';

/**
 * Only the allocator that comes with oneDNN knows a limit, by the variable TF_MKL_ALLOC_MAX_BYTES
 * (tensorflow/core/common_runtime/mkl_cpu_allocator.h). Seen to hold with the library for Linux on x64.
 */
export function limitsCpuMemory(
  { platform, arch }: { platform: string; arch: string } = process,
  environment: NodeJS.ProcessEnv = { [oneDnn]: readEnvironment(oneDnn) },
): boolean {
  return platform === 'linux' && arch === 'x64' && environment[oneDnn] !== '0';
}
