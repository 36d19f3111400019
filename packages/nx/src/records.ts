/** What the plugin keeps between runs of Nx: JSON files in `.nx/foldwise`, which may be deleted at any time. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pathOf = (workspace: string, name: string): string =>
  join(workspace, '.nx', 'foldwise', `${name}.json`);

/** @returns undefined where there is none that can be read */
export function readRecord(workspace: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(pathOf(workspace, name), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeRecord(workspace: string, name: string, value: unknown): void {
  const path = pathOf(workspace, name);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(value));
  renameSync(temporary, path);
}
