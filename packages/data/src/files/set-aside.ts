/** Moves a folder out of the way, beside itself, where a person may still use it. */
import { lstat, rename } from 'node:fs/promises';

/** @returns the new path: the folder's own, with `-unusable-` and the first number that is free */
export async function setAside(folder: string): Promise<string> {
  for (let number = 1; ; number++) {
    const aside = `${folder}-unusable-${number}`;
    if (await exists(aside)) continue;
    try {
      // One process trains the fold. Even if another took the name by now, no system replaces what holds files.
      await rename(folder, aside);
      return aside;
    } catch (error) {
      const { message } = error as Error;
      throw new Error(
        `${folder} cannot be renamed to ${aside}: ${message}. Move it away yourself, then run the same command again.`,
        { cause: error },
      );
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
