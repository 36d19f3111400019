/** Fills a folder under a temporary name and puts it in its place, so that an export is there whole or not at all. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { replaceFolder } from '@foldwise/runs';
import { checkOutput, type CheckOutputOptions } from './check-output.ts';

/**
 * @param fill writes into the folder that it is given
 * @returns what `fill` does
 * @throws Error as `checkOutput`, and whatever `fill` throws; nothing is left then
 */
export async function replaceOutput<T>(
  output: string,
  options: CheckOutputOptions,
  fill: (temporary: string) => Promise<T>,
): Promise<T> {
  const target = resolve(output);
  await checkOutput(target, options);
  // Not mkdtemp, whose folders no web server of another user may read.
  const temporary = join(dirname(target), `.${basename(target)}-${randomUUID()}`);
  await mkdir(temporary, { recursive: true });
  try {
    const result = await fill(temporary);
    await checkOutput(target, options);
    if (existsSync(target) && (await readdir(target)).length === 0) await rmdir(target);
    await replaceFolder(temporary, target);
    return result;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
