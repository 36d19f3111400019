/** Opens zip archives warily: what could leave its folder, hide, or unpack without end is an error that names the member. */
import { crc32 } from 'node:zlib';
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl';
import { tooLarge, unpack, unpackLimit } from './unpack.ts';

export interface ZipMember {
  /** With `/` between folders. */
  name: string;
  bytes(): AsyncGenerator<Buffer>;
}

/** Fewer than a bomb of many small members has, more than any competition. */
const MOST_MEMBERS = 100_000;

/** Of the format itself, in bytes. */
const LOCAL_HEADER = 30;

/**
 * @param archive the file, or its bytes
 * @param path how errors name it
 * @returns the files within, in the archive's order; folders and the notes of macOS are left out
 * @throws Error for what is no zip archive, and for names that leave the folder; `bytes` for encrypted members, links,
 * members that share bytes, unknown methods, damage, and more than `unpackLimit`
 */
export async function zipMembers(archive: string | Buffer, path: string): Promise<ZipMember[]> {
  const zip = await openZip(archive, path);
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.length >= MOST_MEMBERS)
        throw new Error(`${path}: more than ${MOST_MEMBERS} members; unpack the tables that you need`);
      entries.push(entry);
    }
  } catch (error) {
    throw named(error, path);
  } finally {
    zip.close();
  }
  const overlapping = overlaps(entries);
  return entries
    .filter(({ fileName }) => !fileName.endsWith('/') && !/^__MACOSX\/|(^|\/)\._/.test(fileName))
    .map((entry) => ({
      name: entry.fileName,
      bytes: () => memberBytes(archive, entry, `${path}/${entry.fileName}`, overlapping.has(entry)),
    }));
}

async function* memberBytes(
  archive: string | Buffer,
  entry: Entry,
  path: string,
  overlaps: boolean,
): AsyncGenerator<Buffer> {
  const limit = unpackLimit();
  const refuse = (why: string): never => {
    throw new Error(`${path}: ${why}`);
  };
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    refuse('a symbolic link; expected a file');
  if (entry.isEncrypted()) refuse('encrypted; unpack the archive with its password, and name the file');
  if (overlaps)
    refuse(
      'shares its bytes with another member, as archives do that are made to fill memory; get the file again',
    );
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    refuse(
      `packed by method ${entry.compressionMethod}; expected deflate: unpack the archive, and name the file`,
    );
  if (entry.uncompressedSize > limit.bytes) throw tooLarge(path, limit.text);

  const zip = await openZip(archive, path);
  let bytes = 0;
  let sum = 0;
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    for await (const chunk of unpack(packed, entry.compressionMethod === 8 ? 'deflate' : 'stored', path)) {
      bytes += chunk.length;
      sum = crc32(chunk, sum);
      if (bytes > entry.uncompressedSize) break;
      yield chunk;
    }
  } catch (error) {
    throw named(error, path);
  } finally {
    zip.close();
  }
  if (bytes !== entry.uncompressedSize)
    refuse(
      `damaged: the archive says ${entry.uncompressedSize} bytes, but there are ${bytes > entry.uncompressedSize ? 'more' : bytes}; get the file again`,
    );
  if (sum !== entry.crc32)
    refuse('damaged: its checksum differs from the one in the archive; get the file again');
}

async function openZip(archive: string | Buffer, path: string): Promise<ZipFile> {
  try {
    return typeof archive === 'string'
      ? await openPromise(archive, { autoClose: false })
      : await fromBufferPromise(archive);
  } catch (error) {
    throw named(error, path);
  }
}

/** Members whose bytes begin before another's end. */
function overlaps(entries: readonly Entry[]): Set<Entry> {
  const start = (entry: Entry): number => entry.relativeOffsetOfLocalHeader;
  const ordered = [...entries].sort((a, b) => start(a) - start(b));
  const found = new Set<Entry>();
  let end = 0;
  let last: Entry | undefined;
  for (const entry of ordered) {
    if (last && start(entry) < end) found.add(entry).add(last);
    const own = start(entry) + LOCAL_HEADER + entry.fileNameLength + entry.compressedSize;
    if (own < end) continue;
    end = own;
    last = entry;
  }
  return found;
}

/** yauzl's own errors say what is wrong, but not with which file. */
function named(error: unknown, path: string): Error {
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Error(`${path}: there is no such file`);
  if (code !== undefined || message.startsWith(path)) return error as Error;
  return new Error(`${path}: not a zip archive that can be read: ${message}`, { cause: error });
}
