/** Finds the workspace that a call is for, from anywhere inside it. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

/**
 * @returns the nearest folder upwards that holds `nx.json` and `pipelines`
 * @throws UsageError where there is none
 */
export function findWorkspace(from = process.cwd()): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'nx.json')) && existsSync(join(folder, 'pipelines'))) return folder;
    if (folder === dirname(folder))
      throw new UsageError(
        `${resolve(from)} is not in a Foldwise workspace: neither it nor a folder above it holds nx.json and pipelines/; change into one`,
      );
  }
}
