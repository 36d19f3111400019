/** Keeps a shared library in the process until its very end. */
import koffi from 'koffi';

/** RTLD_LAZY, the same number on Linux and macOS. */
const lazy = 1;

/**
 * koffi unloads libraries when Node takes its world down; TensorFlow, whose exit handlers run after that, would crash
 * the process then (exit code 139). One more dlopen, which nothing closes, prevents it. Not on Windows.
 */
export function keepLoaded(path: string): void {
  if (process.platform === 'win32') return;
  const dlopen = koffi.load(null).func('dlopen', 'void *', ['str', 'int']);
  dlopen(path, lazy);
}
