/** Opens an archive that is a member of another, as Kaggle has served them. */
import { readWhole } from './read-whole.ts';
import type { ZipMember } from './zip-archive.ts';

export interface Archive {
  /** The file, or its bytes. */
  archive: string | Buffer;
  /** How errors name it. */
  path: string;
  /** 1 for a file, 2 for an archive in it, and so on. */
  depth: number;
}

const MOST_DEEP = 3;

/** @throws Error for the fourth archive in a row, for one of more than 2 GiB, and as the member's bytes */
export async function innerArchive({ path, depth }: Archive, member: ZipMember): Promise<Archive> {
  const inner = `${path}/${member.name}`;
  if (depth === MOST_DEEP)
    throw new Error(`${inner}: more than ${MOST_DEEP} archives, each in the next; unpack them`);
  return { archive: await readWhole({ path: inner, bytes: member.bytes }), path: inner, depth: depth + 1 };
}

export const isZip = (name: string): boolean => /\.zip$/i.test(name);
