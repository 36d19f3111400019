/** Tells one process of one machine from all others, so that another one knows whether it still lives. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  pid: number;
  /** The machine, its current start and, of containers, the process numbers that it sees. */
  host: string;
  /** When it started, as the system counts, for numbers are given again; undefined where that cannot be known. */
  started?: string;
}

export function ownIdentity(): ProcessIdentity {
  const { pid } = process;
  return { pid, host: host(), started: startOf(pid) };
}

/** @returns undefined where it cannot be known: of another machine's process, and where a number may have been given again */
export function isAlive({ pid, host: where, started }: ProcessIdentity): boolean | undefined {
  if (where !== host()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Other errors, such as one for want of rights, tell of a process that is there.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return started === undefined ? undefined : startOf(pid) === started;
}

/** Linux tells which start of the machine and which process numbers; elsewhere the name must do. */
function host(): string {
  const parts = [
    () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    () => readlinkSync('/proc/self/ns/pid'),
  ].map(orEmpty);
  return [hostname(), ...parts].join(' ');
}

/** The 22nd field of Linux's `stat`, counted behind the name, which may hold spaces; a zombie is dead. */
function startOf(pid: number): string | undefined {
  const fields = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
    .split(') ')
    .at(-1)!
    .split(' ');
  return fields[0] === 'Z' ? 'zombie' : fields[19];
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
