/** Reads a range of a file, however many calls it takes. */
import type { FileHandle } from 'node:fs/promises';

/** Node refuses to read 2 GiB or more at once. */
const largestRead = 2 ** 30;

/**
 * Fills `bytes` with what the file has from `position` on.
 *
 * @throws if the file ends before
 */
export async function readExactly(
  handle: FileHandle,
  file: string,
  position: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(
      bytes,
      done,
      Math.min(bytes.length - done, largestRead),
      position + done,
    );
    if (bytesRead === 0)
      throw new Error(`${file} became shorter while it was read: does something else write to it?`);
    done += bytesRead;
  }
}
