/** Reads a range of a file, however many calls it takes. */
import type { FileHandle } from 'node:fs/promises';

/** Node refuses to read 2 GiB or more at once. */
const largestRead = 2 ** 30;

/**
 * Reads `length` bytes from `position` on into memory of its own, aligned for any typed array.
 *
 * @throws if the file ends before
 */
export async function readExactly(
  handle: FileHandle,
  file: string,
  position: number,
  length: number,
): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(
      bytes,
      done,
      Math.min(length - done, largestRead),
      position + done,
    );
    if (bytesRead === 0)
      throw new Error(`${file} became shorter while it was read: does something else write to it?`);
    done += bytesRead;
  }
  return bytes.buffer;
}
