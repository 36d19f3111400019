/** Keeps what TensorFlow prints, whatever its settings, from stderr, which belongs to the user. */
import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';

/**
 * TensorFlow logs its choice of oneDNN to stderr while it is loaded, before any setting of its log can be made. A
 * failure to load comes as an exception and loses nothing.
 */
export function loadQuietly(path: string): void {
  quietly(() => koffi.load(path, { lazy: true }));
}

/** What `body` does while stderr is away, from the whole process. Not on Windows. */
export function quietly<R>(body: () => R): R {
  if (process.platform === 'win32') return body();
  const c = koffi.load(null);
  const dup = c.func('dup', 'int', ['int']) as unknown as (fd: number) => number;
  const dup2 = c.func('dup2', 'int', ['int', 'int']) as unknown as (from: number, to: number) => number;
  const close = c.func('close', 'int', ['int']) as unknown as (fd: number) => number;
  const stderr = dup(2);
  const nowhere = openSync('/dev/null', 'w');
  dup2(nowhere, 2);
  try {
    return body();
  } finally {
    dup2(stderr, 2);
    closeSync(nowhere);
    close(stderr); // Of a descriptor that it has not opened, a worker thread warns on stderr where Node closes it.
  }
}
