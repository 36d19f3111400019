/** Gives all tests, and the processes that they start, one folder for temporary files, and removes it after the last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'foldwise-tests-'));
  process.env['TMPDIR'] = folder; // What os.tmpdir() and Python's tempfile ask first, except on Windows.
  return () => rmSync(folder, { recursive: true, force: true });
}
