/**
 * Locks of files and folders between processes, by proper-lockfile. What it needs to give locks back when a signal ends
 * the process keeps Ctrl-C from a program that is busy, so its listeners are there only while a lock is taken or held.
 */
import { createRequire } from 'node:module';
import type { EventEmitter } from 'node:events';
import type { LockOptions } from 'proper-lockfile';

/** The package signal-exit of proper-lockfile. */
interface SignalExit {
  load: () => void;
  unload: () => void;
}

let holders = 0;

/**
 * Takes the lock of `path`, as proper-lockfile's `lock` does.
 * @returns its release, to be called once, also where the lock was taken over
 * @throws Error with the code `ELOCKED` where another process holds it
 */
export async function takeLock(path: string, options: LockOptions): Promise<() => Promise<void>> {
  holders++;
  try {
    const { lock } = await import('proper-lockfile');
    signalExit().load();
    const release = await lock(path, options);
    return () => release().finally(leave);
  } catch (error) {
    leave();
    throw error;
  }
}

function leave(): void {
  holders--;
  const { __signal_exit_emitter__: emitter } = process as { __signal_exit_emitter__?: EventEmitter };
  const listeners = emitter ? emitter.listenerCount('exit') + emitter.listenerCount('afterexit') : 0;
  // One is proper-lockfile's; with more, somebody else in this process needs the signals.
  if (holders === 0 && listeners === 1) signalExit().unload();
}

function signalExit(): SignalExit {
  const require = createRequire(import.meta.url);
  return createRequire(require.resolve('proper-lockfile'))('signal-exit') as SignalExit;
}
