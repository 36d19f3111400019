/** Reads bytes that must be UTF-8, and says what they probably are where they are not. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

const SAVE_AS = 'save the file as "CSV UTF-8" (Excel) or with encoding UTF-8 (other programs)';

/**
 * Goes through bytes block by block.
 *
 * @returns the file's bytes in order, known to be UTF-8 without NUL, without the byte order mark, each block ending
 * with a whole character
 * @throws Error that names the file, the line and the probable encoding
 */
export async function* utf8Blocks({
  path,
  bytes: source,
}: {
  path: string;
  bytes(): AsyncIterable<Buffer>;
}): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let isFirst = true;
  const check = (block: Buffer): Buffer => {
    const bytes = isFirst ? withoutMark(path, block) : block;
    isFirst = false;
    const nul = bytes.indexOf(0);
    if (nul >= 0)
      throw new Error(
        `${path}:${line + lineFeeds(bytes, nul)}: a NUL byte, which no text file holds: the file is UTF-16 without a byte order mark, or damaged; ${SAVE_AS}`,
      );
    if (!isUtf8(bytes))
      throw new Error(
        `${path}:${line + firstBadLine(bytes)}: not valid UTF-8, probably Windows-1252 (Latin-1); ${SAVE_AS}`,
      );
    line += lineFeeds(bytes, bytes.length);
    return bytes;
  };
  for await (const chunk of source()) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    // The first block shows the byte order mark whole.
    const end = isFirst && bytes.length < 3 ? 0 : wholeCharacters(bytes);
    rest = bytes.subarray(end);
    if (end > 0) yield check(bytes.subarray(0, end));
  }
  if (rest.length > 0) yield check(rest);
}

/**
 * Reads a whole file.
 *
 * @returns the bytes without the byte order mark
 * @throws as `utf8Blocks`, and for a file that is not there
 */
export async function readUtf8(path: string): Promise<Buffer> {
  const blocks: Buffer[] = [];
  try {
    for await (const block of utf8Blocks({ path, bytes: () => createReadStream(path) })) blocks.push(block);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? new Error(`${path}: there is no such file`) : error;
  }
  return Buffer.concat(blocks);
}

function withoutMark(path: string, bytes: Buffer): Buffer {
  if (['fffe', 'feff'].includes(bytes.toString('hex', 0, 2)))
    throw new Error(
      `${path}: expected UTF-8, got UTF-16 (it opens with a UTF-16 byte order mark); ${SAVE_AS}`,
    );
  return bytes.toString('hex', 0, 3) === 'efbbbf' ? bytes.subarray(3) : bytes;
}

/** Where the last character begins that the bytes may hold in part only; their length where there is none. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function lineFeeds(bytes: Buffer, end: number): number {
  let count = 0;
  for (let i = bytes.indexOf(10); i >= 0 && i < end; i = bytes.indexOf(10, i + 1)) count++;
  return count;
}

/** From 0. No byte of a multi-byte UTF-8 character is a line feed, so each line can be judged alone. */
function firstBadLine(bytes: Buffer): number {
  for (let start = 0, line = 0; ; line++) {
    const end = bytes.indexOf(10, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
