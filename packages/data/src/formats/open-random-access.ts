/** A file that hyparquet reads pieces of, through one handle. */
import { open } from 'node:fs/promises';
import type { AsyncBuffer } from 'hyparquet';

export interface RandomAccess extends AsyncBuffer {
  close: () => Promise<void>;
}

/** @throws the system's error for a file that cannot be opened; `slice` rejects for pieces that the file does not have */
export async function openRandomAccess(path: string): Promise<RandomAccess> {
  const handle = await open(path);
  const { size: byteLength } = await handle.stat();
  const read = async (start: number, end: number): Promise<ArrayBuffer> => {
    if (!(Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= byteLength))
      throw new Error(`it tells of bytes ${start} to ${end}, but has ${byteLength}`);
    const bytes = new Uint8Array(end - start);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
      if (bytesRead === 0) throw new Error('it became shorter while it was read');
      at += bytesRead;
    }
    return bytes.buffer;
  };
  return {
    byteLength,
    slice: (start, end = byteLength) => {
      const piece = read(start < 0 ? byteLength + start : start, end);
      // hyparquet asks for pieces ahead, and forgets them where an earlier one fails.
      piece.catch(() => undefined);
      return piece;
    },
    close: () => handle.close(),
  };
}
