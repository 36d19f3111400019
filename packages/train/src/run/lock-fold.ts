/** Lets one process at a time train a fold: the lock is a folder beside the fold's, touched while its owner lives. */
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

/** A lock that its owner has not touched for this long belongs to a dead process. */
const STALE_MS = 20_000;

/**
 * @param folder the run's folder, which exists
 * @param onLost called if the lock is taken over, as after a long sleep of the machine
 * @returns the lock's release
 * @throws Error where another process holds it
 */
export async function lockFold(
  folder: string,
  fold: number,
  onLost: (reason: Error) => void,
): Promise<() => Promise<void>> {
  const path = join(folder, `fold-${fold}`);
  try {
    return await lock(path, {
      realpath: false,
      stale: STALE_MS,
      onCompromised: () =>
        onLost(new Error(`another process has taken over ${path}; run again once it is done`)),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    throw new Error(
      `another process is training ${path}: wait for it, or train another fold. ` +
        `If that process was killed, its lock lapses within ${STALE_MS / 1000} seconds.`,
      { cause: error },
    );
  }
}
