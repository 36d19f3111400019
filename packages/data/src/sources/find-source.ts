/** Finds the bytes that a table's path means: a file, a gzipped one, or a member of a zip archive, also of one within another. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isTableName } from '../formats/find-table-format.ts';
import { nearestName } from '../schema/nearest-name.ts';
import { innerArchive, isZip, type Archive } from './inner-archive.ts';
import type { TableSource } from './table-source.ts';
import { unpack } from './unpack.ts';
import { zipMembers, type ZipMember } from './zip-archive.ts';

/** Large enough that little is done a block, small enough for memory. */
const BLOCK_BYTES = 2 ** 20;

/**
 * @param path a file; or `archive.zip/member.csv`, where the member may be left out if the archive holds one table. Files
 * and members may end in `.gz`.
 * @throws Error for what is not there, with the members that are, and as `zipMembers`
 */
export async function findSource(path: string, blockBytes = BLOCK_BYTES): Promise<TableSource> {
  const { file, member } = await splitAtArchive(path);
  if (isZip(file)) return inArchive({ archive: file, path: file, depth: 1 }, member);
  return ungzipped({
    path,
    name: basename(path),
    file,
    bytes: () => fileBytes(file, blockBytes),
  });
}

async function inArchive(within: Archive, wanted: string | undefined): Promise<TableSource> {
  const members = await zipMembers(within.archive, within.path);
  if (wanted === undefined) return onlyTable(within, members);
  const inner = members.find(({ name }) => isZip(name) && `${wanted}/`.startsWith(`${name}/`));
  if (inner)
    return inArchive(await innerArchive(within, inner), wanted.slice(inner.name.length + 1) || undefined);
  const member = members.find(({ name }) => name === wanted);
  if (!member) {
    const names = members.map(({ name }) => name);
    throw new Error(
      `${within.path}: there is no ${JSON.stringify(wanted)} in it; it holds ${listed(names)}; the nearest is ${JSON.stringify(nearestName(wanted, names))}`,
    );
  }
  return ungzipped({
    path: `${within.path}/${member.name}`,
    name: member.name,
    file: undefined,
    bytes: member.bytes,
  });
}

async function onlyTable(within: Archive, members: ZipMember[]): Promise<TableSource> {
  const [only, ...more] = members.filter(({ name }) => isZip(name) || isTableName(name));
  if (!only)
    throw new Error(`${within.path}: holds no table; it holds ${listed(members.map(({ name }) => name))}`);
  if (more.length > 0)
    throw new Error(
      `${within.path}: holds several tables; name one of them, such as ${within.path}/${only.name}, or ${listed(more.map(({ name }) => name))}`,
    );
  return inArchive(within, only.name);
}

function ungzipped(source: TableSource): TableSource {
  if (!/\.gz$/i.test(source.name)) return source;
  return {
    path: source.path,
    name: source.name.slice(0, -3),
    file: undefined,
    bytes: () => unpack(source.bytes(), 'gzip', source.path),
  };
}

async function* fileBytes(file: string, highWaterMark: number): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file, { highWaterMark })) yield chunk as Buffer;
}

/** The part of a path that is on the disk, and what stands behind it where that is an archive. */
async function splitAtArchive(path: string): Promise<{ file: string; member: string | undefined }> {
  for (const { 0: part, index } of path.matchAll(/\.zip(?=[\\/]|$)/gi)) {
    const file = path.slice(0, index + part.length);
    if (!(await isFile(file))) continue;
    return { file, member: path.slice(file.length + 1).replaceAll('\\', '/') || undefined };
  }
  if (!(await isFile(path))) throw new Error(`${path}: there is no such file`);
  return { file: path, member: undefined };
}

async function isFile(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isDirectory() && !/\.zip$/i.test(path)) throw new Error(`${path}: a folder; expected a file`);
    return !found.isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => JSON.stringify(name));
  return `${shown.join(', ') || 'nothing'}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`;
}
