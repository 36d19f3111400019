/**
 * Downloads that broke off, for others to go on with. The file's name has the hash of the whole, so that parts of different
 * versions never mix, and the process that writes it, so that no two write one.
 */
import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

const here = hostname().replace(/[^A-Za-z0-9-]/g, '-');
/** For a writer on another machine, which nobody can ask whether it still runs: one that writes does so all the time. */
const abandonedMs = 10 * 60_000;

const start = (file: string, sha256: string) => `${basename(file)}.${sha256.slice(0, 16)}.`;

/** A new name for what this process downloads. */
export function ownPartial(file: string, sha256: string): string {
  return join(dirname(file), `${start(file, sha256)}${here}.${process.pid}.${randomUUID()}.part`);
}

/** Leaves what is downloaded for the next one. */
export async function releasePartial(partial: string, file: string, sha256: string): Promise<void> {
  await rename(partial, join(dirname(file), `${start(file, sha256)}free.part`));
}

/**
 * Makes the largest part that nobody writes any more one's own, under the name `partial`; the others are removed.
 *
 * @returns its bytes, 0 where there is none
 */
export async function claimPartial(partial: string, file: string, sha256: string): Promise<number> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  const parts = names.filter((name) => name.startsWith(start(file, sha256)) && name.endsWith('.part'));
  let claimed = 0;
  for (const name of parts) {
    const path = join(folder, name);
    const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: Infinity }));
    if (!isFree(name.slice(start(file, sha256).length)) && Date.now() - mtimeMs < abandonedMs) continue;
    if (size <= claimed) {
      await rm(path, { force: true });
      continue;
    }
    // Of two processes, one has it.
    const isOurs = await rename(path, partial).then(
      () => true,
      () => false,
    );
    if (isOurs) claimed = size;
  }
  return claimed;
}

/** Whether a process of this machine wrote it that has ended, or that has released it. */
function isFree(owner: string): boolean {
  if (owner === 'free.part') return true;
  const [host, pid] = owner.split('.');
  if (host !== here) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
