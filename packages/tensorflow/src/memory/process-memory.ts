/** What the operating system counts of this process's memory. */
import { readFileSync, writeFileSync } from 'node:fs';

export interface ProcessMemory {
  /** Resident bytes now: TensorFlow's, JavaScript's and the libraries' together. */
  bytesInUse: number;
  /** The most since the process began or, on Linux, since `resetProcessPeak`. */
  peakBytes: number;
}

/** Linux: VmRSS and VmHWM of /proc/self/status. Elsewhere: what Node tells, whose peak nothing resets. */
export function processMemory(): ProcessMemory {
  const status = readIfThere('/proc/self/status');
  const now = kibibytes(status, 'VmRSS') ?? process.memoryUsage.rss();
  const peak = kibibytes(status, 'VmHWM') ?? process.resourceUsage().maxRSS * 1024;
  // The kernel updates the two at different times.
  return { bytesInUse: now, peakBytes: Math.max(now, peak) };
}

/** Lets the peak start anew from what is resident now; false where the system has no means for it. */
export function resetProcessPeak(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5'); // See proc(5).
    return true;
  } catch {
    return false;
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function kibibytes(status: string, name: string): number | undefined {
  const value = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1];
  return value === undefined ? undefined : Number(value) * 1024;
}
