/** Reads a whole file that must be UTF-8. */
import { utf8Blocks } from './utf8-blocks.ts';

/** @returns the bytes without the byte order mark @throws as `utf8Blocks` */
export async function readUtf8(path: string): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for await (const block of utf8Blocks(path)) blocks.push(block);
  return Buffer.concat(blocks);
}
