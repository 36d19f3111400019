/** Reads a whole file that must be UTF-8. */
import { createReadStream } from 'node:fs';
import { utf8Blocks } from './utf8-blocks.ts';

/** @returns the bytes without the byte order mark @throws as `utf8Blocks`, and for a file that is not there */
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
