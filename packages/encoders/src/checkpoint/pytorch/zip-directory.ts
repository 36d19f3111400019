/**
 * The central directory of a zip archive, with the 64-bit sizes of ZIP64, each number checked against the file's size. Leaves
 * out archives of several disks, compression and encryption: records are read as they are stored.
 */
import type { FileHandle } from 'node:fs/promises';
import { readExactly } from '../read-exactly.ts';

export interface ZipRecord {
  /** Neither compressed nor encrypted. */
  isPlain: boolean;
  /** 0 also where the writer made none. */
  crc32: number;
  size: number;
  /** Where its local header starts. */
  header: number;
}

const signatures = {
  end: 0x06054b50,
  locator: 0x07064b50,
  end64: 0x06064b50,
  entry: 0x02014b50,
  local: 0x04034b50,
};
/** Of the fixed part of each, in bytes. */
const lengths = { end: 22, locator: 20, end64: 56, entry: 46, local: 30 };
/** What a field says whose value is among the 64-bit ones. */
const elsewhere = 0xffff_ffff;
const longestComment = 0xffff;
/** No model has as many records. */
const largestDirectory = 100_000_000;

/**
 * The records by their names.
 *
 * @throws Error that says what is wrong, without the file's name
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZipDirectory(handle: FileHandle, file: string): Promise<Map<string, ZipRecord>> {
  const { size: fileSize } = await handle.stat();
  const read = async (position: number, length: number, what: string): Promise<Buffer> => {
    if (position < 0 || position + length > fileSize) throw new Error(`${what} is not within the file`);
    const bytes = Buffer.alloc(length);
    await readExactly(handle, file, position, bytes);
    return bytes;
  };
  const tailLength = Math.min(fileSize, lengths.end + longestComment);
  const tail = await read(fileSize - tailLength, tailLength, 'the end');
  const at = findEnd(tail);
  if (at < 0) throw new Error('it ends without the directory of a zip archive');
  let count = tail.readUInt16LE(at + 10);
  let size = tail.readUInt32LE(at + 12);
  let begin = tail.readUInt32LE(at + 16);
  if (count === 0xffff || size === elsewhere || begin === elsewhere) {
    const end = fileSize - tailLength + at;
    const locator = await read(end - lengths.locator, lengths.locator, 'the place of the 64-bit sizes');
    if (locator.readUInt32LE(0) !== signatures.locator)
      throw new Error('it has no place of the 64-bit sizes');
    const end64 = await read(number64(locator, 8), lengths.end64, 'what has the 64-bit sizes');
    if (end64.readUInt32LE(0) !== signatures.end64) throw new Error('it has no 64-bit sizes');
    [count, size, begin] = [number64(end64, 32), number64(end64, 40), number64(end64, 48)];
  }
  if (size > largestDirectory)
    throw new Error(`its directory has ${size} bytes (at most ${largestDirectory})`);
  const records = parseDirectory(await read(begin, size, 'the directory'));
  if (records.size !== count) throw new Error(`its directory has ${records.size} records, expected ${count}`);
  return records;
}

/**
 * Where the bytes of a record start.
 *
 * @throws Error as `readZipDirectory` does
 */
export async function findBytes(
  handle: FileHandle,
  file: string,
  { header, size }: ZipRecord,
): Promise<number> {
  const { size: fileSize } = await handle.stat();
  if (header + lengths.local > fileSize) throw new Error('its header is not within the file');
  const local = Buffer.alloc(lengths.local);
  await readExactly(handle, file, header, local);
  if (local.readUInt32LE(0) !== signatures.local) throw new Error('it has no header');
  const begin = header + lengths.local + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (begin + size > fileSize) throw new Error('it is not within the file');
  return begin;
}

/** The last one whose comment goes to the end of the file. */
function findEnd(tail: Buffer): number {
  for (let at = tail.length - lengths.end; at >= 0; at--)
    if (
      tail.readUInt32LE(at) === signatures.end &&
      at + lengths.end + tail.readUInt16LE(at + 20) === tail.length
    )
      return at;
  return -1;
}

function parseDirectory(directory: Buffer): Map<string, ZipRecord> {
  const records = new Map<string, ZipRecord>();
  for (let at = 0; at < directory.length;) {
    if (at + lengths.entry > directory.length || directory.readUInt32LE(at) !== signatures.entry)
      throw new Error(`its directory has no record where one is expected (byte ${at})`);
    const nameEnd = at + lengths.entry + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    if (next > directory.length) throw new Error(`its directory ends within a record (byte ${at})`);
    const name = directory.toString('utf8', at + lengths.entry, nameEnd);
    if (records.has(name)) throw new Error(`two of its records are called ${JSON.stringify(name)}`);
    const large = largeSizes(directory.subarray(nameEnd, extraEnd));
    const sizeAt = (field: number) => {
      const value = directory.readUInt32LE(at + field);
      return value === elsewhere ? large() : value;
    };
    // The 64-bit ones come in this order.
    const [size, stored, header] = [sizeAt(24), sizeAt(20), sizeAt(42)];
    const isEncrypted = (directory.readUInt16LE(at + 8) & 1) !== 0;
    const isPlain = directory.readUInt16LE(at + 10) === 0 && !isEncrypted && size === stored;
    records.set(name, { isPlain, crc32: directory.readUInt32LE(at + 16), size, header });
    at = next;
  }
  return records;
}

/** Gives one 64-bit number after the other of a record's extra field 1. */
function largeSizes(extra: Buffer): () => number {
  let field = extra.subarray(0, 0);
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) field = extra.subarray(at + 4, end);
    at = end;
  }
  let used = 0;
  return () => {
    if (used + 8 > field.length) throw new Error('a record lacks its 64-bit sizes');
    used += 8;
    return number64(field, used - 8);
  };
}

function number64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > Number.MAX_SAFE_INTEGER) throw new Error(`it has a size of ${value} bytes`);
  return Number(value);
}
