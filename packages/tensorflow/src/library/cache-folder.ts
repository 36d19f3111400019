/** Where downloads that outlive a checkout are kept: outside the repository, shared by all checkouts of one user. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder for libraries and weights that Foldwise downloads. It need not exist yet.
 *
 * `FOLDWISE_CACHE` if it is set, else `foldwise` in the platform's user cache folder: `XDG_CACHE_HOME` or `~/.cache`,
 * `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows.
 */
export function cacheFolder(): string {
  const { FOLDWISE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (FOLDWISE_CACHE) return resolve(FOLDWISE_CACHE);
  if (process.platform === 'win32')
    return join(LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'foldwise');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'foldwise');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'foldwise');
}
