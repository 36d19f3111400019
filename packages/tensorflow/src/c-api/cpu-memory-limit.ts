/**
 * The most bytes that TensorFlow takes for tensors on the CPU. Its allocator, one for all threads, reads the limit when
 * a process makes its first context, by a variable that nobody else, no child process, is to see.
 */
import { readEnvironment, writeEnvironment } from './c-environment.ts';
import type { Config } from './config-proto.ts';

const limit = 'TF_MKL_ALLOC_MAX_BYTES';
/** What the first context of a process was made with, for its other threads: the process's number, then the bytes. */
const first = 'FOLDWISE_TENSORFLOW_LIMIT';

/** Sets the limit for a context that is about to be made. Call what it returns once it is there. */
export function limitCpuMemory({ device, memory }: Config): () => void {
  const bytes = typeof device === 'number' ? undefined : memory.limitBytes;
  // A child process inherits the variable, and has a number of its own.
  if (!firstOfProcess()) writeEnvironment(first, `${process.pid} ${bytes ?? ''}`);
  if (bytes === undefined) return () => undefined;
  const before = readEnvironment(limit);
  writeEnvironment(limit, String(bytes));
  return () => writeEnvironment(limit, before);
}

/** The limit that holds in this process, if one was set before its first context was made. */
export function cpuMemoryLimit(): number | undefined {
  const bytes = firstOfProcess()?.split(' ')[1];
  return bytes ? Number(bytes) : undefined;
}

function firstOfProcess(): string | undefined {
  const value = readEnvironment(first);
  return value?.startsWith(`${process.pid} `) ? value : undefined;
}
