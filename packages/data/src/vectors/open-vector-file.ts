/** Writes vectors to a file as they come, so that a reader sees the old file or the whole new one. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { featureNames, type VectorLayout } from './vector-format.ts';
import { findVectorFormat } from './vector-formats.ts';

export interface VectorFile {
  /**
   * @param vectors row-major [rows, features]
   * @param ids one a row, where the layout has them
   */
  write: (vectors: Float32Array, ids?: readonly string[]) => Promise<void>;
  /** Completes the file under its name, in place of the one that was there. */
  close: () => Promise<void>;
  /** Leaves nothing behind, and the file that was there as it was; after `close` it does nothing. */
  discard: () => Promise<void>;
}

/**
 * The format goes by the name's ending. All is written under a temporary name beside the file's, which goes away with
 * `discard` and when the process ends, and is renamed by `close`.
 *
 * @throws Error for an unknown ending, ids that the format does not take or that are named as a feature is, and a folder
 * that is not there
 */
export async function openVectorFile(path: string, layout: VectorLayout): Promise<VectorFile> {
  const { features, id } = layout;
  const format = findVectorFormat(path, id);
  if (id !== undefined && featureNames(features).includes(id))
    throw new Error(
      `${path}: the column of ids would be named "${id}" as a feature is; rename it in the input`,
    );
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`${path}: there is no folder ${dirname(path)}`) : error;
  });
  const onExit = (): void => rmSync(temporary, { force: true });
  process.on('exit', onExit);
  let isOpen = true;
  const finish = async (): Promise<void> => {
    isOpen = false;
    await file.close();
  };
  const discard = async (): Promise<void> => {
    if (isOpen) await finish();
    await rm(temporary, { force: true });
    process.off('exit', onExit);
  };
  try {
    const writer = await format.open(file, layout);
    return {
      write: (vectors, ids) => writer.write(vectors, ids),
      close: async () => {
        await writer.end();
        await file.sync();
        await finish();
        await rename(temporary, path);
        process.off('exit', onExit);
      },
      discard,
    };
  } catch (error) {
    await discard();
    throw error;
  }
}
