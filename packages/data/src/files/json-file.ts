/** JSON files that Foldwise reads again: written atomically, for people and machines. */
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/**
 * @returns its content, unchecked; undefined where there is no such file
 * @throws Error that names a file that is not JSON
 */
export async function readJson<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Error(`${path}: not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** Numbers that are not finite, such as a metric that is not defined, become null. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, JSON.stringify(value, null, 2) + '\n');
}
