/** Finds a Chromium for tests. */
import { spawnSync } from 'node:child_process';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** `FOLDWISE_CHROMIUM`, else the first of the usual names that starts; undefined where none does. */
export function findChromium(): string | undefined {
  const given = process.env['FOLDWISE_CHROMIUM'];
  return (given ? [given] : names).map(fileOf).find((file) => file !== undefined && starts(file));
}

/** The full path, which Playwright takes. */
function fileOf(name: string): string | undefined {
  const { stdout, error } = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
  return error ? undefined : stdout.trim() || undefined;
}

/** Some systems have a stub of the name that only says how to install it. */
function starts(file: string): boolean {
  return spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
}
