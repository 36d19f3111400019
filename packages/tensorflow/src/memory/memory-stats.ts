/** How much memory is in use, now and at its peak: of the process, and of each device of TensorFlow. */
import { nativeBackend } from '../backend/native-backend.ts';
import { processMemory, resetProcessPeak, type ProcessMemory } from './process-memory.ts';

export interface DeviceMemory {
  /** In full, as among the engine's devices. */
  device: string;
  /**
   * Bytes of the tensors and variables that TensorFlow.js holds there. Not among them: what operations and compiled
   * functions take while they run, what compiled functions keep of outside, the blocks that TensorFlow reserves, and
   * values that no operation has used yet, which are JavaScript's. Tensors that share a buffer count each, and a string
   * counts 24 bytes.
   */
  bytesInUse: number;
  /** The most that `bytesInUse` has been since the engine's start or `resetPeakMemory`. */
  peakBytes: number;
}

export interface MemoryStats {
  /**
   * As the system counts it: all that TensorFlow takes on the CPU is in it, what functions take while they run, too.
   * With oneDNN TensorFlow keeps freed memory for itself, so what is in use hardly falls. Linux's peak can be reset;
   * elsewhere it is the one since the process began.
   */
  process: ProcessMemory;
  /** Every device of TensorFlow; none on another engine. What a GPU's driver counts is not to be had. */
  devices: DeviceMemory[];
}

/** Reads counters only, no tensor. */
export function memoryStats(): MemoryStats {
  const binding = nativeBackend()?.binding;
  const devices = (binding?.context.devices ?? []).map(({ name }) => {
    const { bytes, peakBytes } = binding!.entries.held.on(name);
    return { device: name, bytesInUse: bytes, peakBytes };
  });
  return { process: processMemory(), devices };
}

/**
 * Lets the peaks start anew from what is in use now: those of the devices, and on Linux that of the process.
 * @returns whether the process's could be reset, too
 */
export function resetPeakMemory(): boolean {
  nativeBackend()?.binding.entries.held.resetPeak();
  return resetProcessPeak();
}
