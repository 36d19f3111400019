/** Finds a Chromium for tests. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** `FOLDWISE_CHROMIUM`, else the first of the usual names on the path; undefined where there is none. */
export function findChromium(): string | undefined {
  const { FOLDWISE_CHROMIUM: given, PATH = '' } = process.env;
  const files = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(given ? [given] : []), ...files].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
