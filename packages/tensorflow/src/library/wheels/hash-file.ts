/** SHA-256 of a file of any size. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The hexadecimal SHA-256 of a file, read as a stream; `onBytes` hears how many bytes are read so far. */
export async function hashFile(
  path: string,
  { onBytes, signal }: { onBytes?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
    signal,
  }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    onBytes?.((bytes += chunk.length));
  }
  return hash.digest('hex');
}
