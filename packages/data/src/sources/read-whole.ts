/** Reads all of a source into memory, for formats that are read from their end: Parquet, and archives within archives. */
import type { TableSource } from './table-source.ts';

/** The most that is held in memory at once: archives and Parquet files above are read from the disk alone. */
const MOST = 2 ** 31;

/** @throws Error for more than 2 GiB, and as the source */
export async function readWhole(source: Pick<TableSource, 'path' | 'bytes'>): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for await (const block of source.bytes()) {
    bytes += block.length;
    if (bytes > MOST)
      throw new Error(
        `${source.path}: larger than 2 GiB within an archive; unpack the archive, and name the file`,
      );
    blocks.push(block);
  }
  return Buffer.concat(blocks);
}
