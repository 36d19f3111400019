/** Unpacks chosen entries of a wheel (a zip file) such that the folder appears whole under its name or not at all. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import type { WheelOptions } from './wheel.ts';
import { writeWheelManifest } from './wheel-manifest.ts';

/**
 * Unpacks a wheel into the folder `into`, replacing what was there once all is written.
 *
 * @param select maps an entry's name, such as `tensorflow/libtensorflow_cc.so.2`, to its path inside `into`, or to
 * undefined to leave it out.
 * @throws Error where the wheel is damaged, an entry would leave the folder, or nothing was selected. `into` is then as
 * it was before.
 */
export async function unpackWheel(
  wheelPath: string,
  into: string,
  select: (entryName: string) => string | undefined,
  { onProgress, signal }: WheelOptions = {},
): Promise<void> {
  await mkdir(dirname(into), { recursive: true });
  // Unlike mkdtemp's, this folder gets the user's usual permissions: a cache may be shared.
  const temporary = `${into}.partial-${randomUUID()}`;
  await mkdir(temporary);
  try {
    const files: Record<string, number> = {};
    const zip = await openPromise(wheelPath, { autoClose: false }).catch(damaged(wheelPath));
    try {
      const chosen = await chooseEntries(zip, select, temporary).catch(damaged(wheelPath));
      if (chosen.length === 0)
        throw new Error(`Cannot use ${basename(wheelPath)}: none of the wanted files is in it.`);
      const total = chosen.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
      let done = 0;
      for (const { entry, path } of chosen) {
        await mkdir(dirname(path), { recursive: true });
        const count = async function* (source: AsyncIterable<Buffer>) {
          for await (const chunk of source) {
            onProgress?.({
              phase: 'unpacking',
              what: basename(wheelPath),
              done: (done += chunk.length),
              total,
            });
            yield chunk;
          }
        };
        const source: Readable = await zip.openReadStreamPromise(entry).catch(damaged(wheelPath));
        await pipeline(source, count, createWriteStream(path, { flags: 'wx', flush: true }), {
          signal,
        }).catch(damaged(wheelPath));
        files[relative(temporary, path).replaceAll(sep, '/')] = entry.uncompressedSize;
      }
    } finally {
      zip.close();
    }
    await writeWheelManifest(temporary, { wheel: basename(wheelPath), files });
    await syncFolder(temporary);
    await replaceFolder(temporary, into);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function chooseEntries(zip: ZipFile, select: (name: string) => string | undefined, folder: string) {
  const chosen: { entry: Entry; path: string }[] = [];
  // yauzl itself refuses absolute names and `..`; a target made by `select` is checked here.
  for await (const entry of zip.eachEntry()) {
    const target = entry.fileName.endsWith('/') ? undefined : select(entry.fileName);
    if (target === undefined) continue;
    const path = resolve(folder, target);
    if (!path.startsWith(folder + sep))
      throw new Error(`the entry ${entry.fileName} would be written outside the folder`);
    chosen.push({ entry, path });
  }
  return chosen;
}

/** Names the file where reading it fails; errors of the disk and cancellation pass as they are. */
function damaged(wheelPath: string) {
  return (error: NodeJS.ErrnoException): never => {
    if (error.name === 'AbortError' || (error.code && !error.code.startsWith('Z_'))) throw error;
    throw new Error(
      `Cannot unpack ${wheelPath}: ${error.message}. The file is damaged or incomplete: delete it and run again.`,
    );
  };
}

async function replaceFolder(temporary: string, into: string): Promise<void> {
  const old = `${temporary}-old`;
  await rename(into, old).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
  await rename(temporary, into);
  await syncFolder(dirname(into));
  await rm(old, { recursive: true, force: true });
}

/** Makes the names in a folder survive a power failure. Windows cannot open folders, and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
