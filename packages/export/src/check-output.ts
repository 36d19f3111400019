/** Whether an export may be written to a folder. */
import { readdir } from 'node:fs/promises';

export interface CheckOutputOptions {
  /** Whether an earlier export may be replaced. */
  force: boolean;
  /** Names that an earlier export has. */
  marks: readonly string[];
}

/**
 * A folder that does not exist or is empty will do; with `force` one that holds an earlier export, too, but nothing
 * else, as it will be replaced.
 *
 * @throws Error that says what is in the way
 */
export async function checkOutput(folder: string, { force, marks }: CheckOutputOptions): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0) return;
  if (!marks.every((mark) => names.includes(mark)))
    throw new Error(
      `${folder} is not empty, and holds no earlier export; choose another folder with --output`,
    );
  if (!force)
    throw new Error(
      `${folder} holds an export already; replace it with --force, or choose another with --output`,
    );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR')
      throw new Error(`${folder} is a file; choose a folder with --output`, { cause: error });
    throw error;
  }
}
