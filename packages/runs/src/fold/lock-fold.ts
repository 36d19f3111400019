/**
 * Lets one process at a time train a fold. The lock is a folder beside the fold's, touched while its owner lives; a file
 * tells who that is, so that the lock of a process that was killed on this machine is taken over at once.
 */
import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '@foldwise/tensorflow/library';
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { readJson, writeJson } from '@foldwise/data';

/** A lock of another machine that its owner has not touched for this long belongs to a dead process. */
const STALE_MS = 20_000;
/** Taking a lock and giving it up are matters of milliseconds, and one process at a time does it. */
const TAKING_STALE_MS = 2000;

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
  const ownerFile = join(folder, `.lock-${fold}.json`);
  const alone = () =>
    takeLock(join(folder, `.lock-${fold}`), {
      realpath: false,
      stale: TAKING_STALE_MS,
      retries: { retries: 100, factor: 1, minTimeout: 50, maxTimeout: 50 },
    });
  const doneTaking = await alone();
  try {
    const owner = await readJson<ProcessIdentity>(ownerFile).catch(() => null);
    // Locks are taken and given up by one process at a time: one without an owner is of a process killed meanwhile. Of
    // one whose owner cannot be read, nothing is known.
    const lives = owner === undefined ? false : owner ? isAlive(owner) : undefined;
    if (owner && lives) throw new Error(describe(path, owner));
    if (lives === false) {
      await rm(ownerFile, { force: true });
      await rmdir(`${path}.lock`).catch(() => undefined); // Ended by a signal, it has removed it itself.
    }
    const release = await takeLock(path, {
      realpath: false,
      stale: STALE_MS,
      onCompromised: () =>
        onLost(new Error(`another process has taken over ${path}; run again once it is done`)),
    });
    await writeJson(ownerFile, ownIdentity());
    return async () => {
      const doneGivingUp = await alone();
      try {
        await rm(ownerFile, { force: true });
        await release();
      } finally {
        await doneGivingUp();
      }
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    throw new Error(describe(path), { cause: error });
  } finally {
    await doneTaking();
  }
}

function describe(path: string, owner?: ProcessIdentity): string {
  const what = `is training ${path}: wait for it, or train another fold.`;
  if (owner) return `another process (${owner.pid}) ${what}`;
  return `another process ${what} If it was killed, its lock lapses within ${STALE_MS / 1000} seconds.`;
}
