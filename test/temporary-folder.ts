/** Gives all tests, and the processes that they start, one folder for temporary files, and removes it after the last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** With its socket's, Chromium's path below it has about 80 characters; Linux takes 107, so folders are not nested. */
const prefix = 'foldwise-tests-';

/** Each of vitest's projects calls it; the first one's folder serves all. */
export default function setup(): (() => void) | undefined {
  if (basename(tmpdir()).startsWith(prefix)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), prefix));
  process.env['TMPDIR'] = folder; // What os.tmpdir() and Python's tempfile ask first, except on Windows.
  return () => rmSync(folder, { recursive: true, force: true });
}
