/** Reads a file that must be UTF-8, and says what it probably is where it is not. Leaves out the byte order mark. */
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';

const SAVE_AS = 'save the file as "CSV UTF-8" (Excel) or with encoding UTF-8 (other programs)';

/**
 * @returns the file's bytes, known to be UTF-8 without NUL, and without the byte order mark
 * @throws Error that names the file, the line and the probable encoding
 */
export async function readUtf8(path: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`${path}: there is no such file`) : error;
  });
  if (bytes.length >= 2 && ['fffe', 'feff'].includes(bytes.toString('hex', 0, 2)))
    throw new Error(`${path}: expected UTF-8, got UTF-16 (it opens with a UTF-16 byte order mark); ${SAVE_AS}`);
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    throw new Error(
      `${path}:${lineAt(bytes, nul)}: a NUL byte, which no text file holds: the file is UTF-16 without a byte order mark, or damaged; ${SAVE_AS}`,
    );
  if (!isUtf8(bytes)) throw new Error(`${path}:${firstBadLine(bytes)}: not valid UTF-8, probably Windows-1252 (Latin-1); ${SAVE_AS}`);
  return bytes.toString('hex', 0, 3) === 'efbbbf' ? bytes.subarray(3) : bytes;
}

function lineAt(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let i = bytes.indexOf(10); i >= 0 && i < offset; i = bytes.indexOf(10, i + 1)) line++;
  return line;
}

/** No byte of a multi-byte UTF-8 character is a line feed, so each line can be judged alone. */
function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf(10, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
