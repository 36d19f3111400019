/** Tells whether an NVIDIA driver is on this machine, by its files; loads nothing. */
import { existsSync, readFileSync } from 'node:fs';

const LIBCUDA = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib/wsl/lib'];

/** The driver's version such as `550.54.15` (`present` where only its library tells), or undefined without a driver. */
export function nvidiaDriver(): string | undefined {
  try {
    const text = readFileSync('/proc/driver/nvidia/version', 'utf8');
    return /Kernel Module.*?\s(\d+\.[\d.]+)/.exec(text)?.[1] ?? 'present';
  } catch {
    return LIBCUDA.some((folder) => existsSync(`${folder}/libcuda.so.1`)) ? 'present' : undefined;
  }
}
