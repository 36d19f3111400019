/** Puts a finished folder in the place of an old one; a failure leaves the old one. */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

/** @param finished a folder on the same file system as `target`, which need not exist */
export async function replaceFolder(finished: string, target: string): Promise<void> {
  if (!existsSync(target)) return rename(finished, target);
  const old = `${finished}-old`;
  await rename(target, old);
  try {
    await rename(finished, target);
  } catch (error) {
    await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
