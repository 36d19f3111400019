/** Unpacks gzip and deflate streams, with a limit on what they may unpack to. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';

const OPTIONS = { chunkSize: 2 ** 20 };

const UNITS: Record<string, number> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/**
 * How many bytes an archive or a gzipped file may unpack to, so that a small file cannot fill a machine's memory: the
 * environment's `FOLDWISE_UNPACK_LIMIT`, such as `50GB` or a number of bytes; 20 GB where it is not set.
 *
 * @throws Error for a setting that is no size
 */
export function unpackLimit(): { bytes: number; text: string } {
  const text = process.env['FOLDWISE_UNPACK_LIMIT'] ?? '20GB';
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([KMGT]B|)$/.exec(text.trim().toUpperCase()) ?? [];
  if (number === undefined)
    throw new Error(
      `FOLDWISE_UNPACK_LIMIT: expected a size such as 50GB or a number of bytes, got ${JSON.stringify(text)}`,
    );
  return { bytes: Number(number) * UNITS[unit!]!, text };
}

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
