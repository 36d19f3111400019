/** Unpacks gzip and deflate streams, with a limit on what they may unpack to. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { unpackLimit } from './unpack-limit.ts';

const OPTIONS = { chunkSize: 2 ** 20 };

/**
 * @param method how the bytes are packed; `stored` means that they are not
 * @param path the file, for errors
 * @throws Error where the bytes are damaged or incomplete, and as soon as more come out than `unpackLimit`
 */
export async function* unpack(
  packed: AsyncIterable<Buffer>,
  method: 'gzip' | 'deflate' | 'stored',
  path: string,
): AsyncGenerator<Buffer> {
  const limit = unpackLimit();
  const source = Readable.from(packed, { objectMode: false });
  // The iteration below hears of errors, too.
  const unpacked =
    method === 'stored'
      ? source
      : pipeline(
          source,
          method === 'gzip' ? createGunzip(OPTIONS) : createInflateRaw(OPTIONS),
          () => undefined,
        );
  let bytes = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit.bytes) throw tooLarge(path, limit.text);
      yield chunk;
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    throw new Error(`${path}: damaged or incomplete: ${(error as Error).message}; get the file again`, {
      cause: error,
    });
  } finally {
    source.destroy();
  }
}

/** What every part that unpacks says. */
export const tooLarge = (path: string, limit: string): Error =>
  new Error(
    `${path}: unpacks to more than ${limit}; where the file is what you expect, raise the limit with the environment's FOLDWISE_UNPACK_LIMIT`,
  );
