/** SHA-256 of a file. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** @returns the hash in hexadecimal; null where the file cannot be read */
export function hashFile(path: string): string | null {
  const hash = createHash('sha256');
  try {
    const file = openSync(path, 'r');
    try {
      const block = Buffer.allocUnsafe(1 << 20);
      for (let size = readSync(file, block); size > 0; size = readSync(file, block))
        hash.update(block.subarray(0, size));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
  return hash.digest('hex');
}
