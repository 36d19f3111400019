/** Stamps say which results a step left, so that the next run of Nx knows whether they are still there, and the same. */
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readRecord, writeRecord } from './records.ts';

interface Stamp {
  /** The hash by which Nx knows the step's output. */
  hash: string;
  /** A file, or a folder whose files they are; relative to the workspace. */
  path: string;
  /** Size and time by path, relative to the workspace. */
  files: Record<string, string>;
}

/** How long the part of a hash is that depends on the inputs alone. */
const KEY = 64;
const nameOf = (hash: string): string => join('done', hash.slice(0, KEY));

/** @param hash one that starts with the inputs' own hash */
export function writeStamp(workspace: string, hash: string, path: string): void {
  const files = Object.fromEntries(filesAt(workspace, path).map((file) => [file, stateOf(workspace, file)]));
  writeRecord(workspace, nameOf(hash), { hash, path, files } satisfies Stamp);
}

/** @returns undefined where there is none, or the results are not as they were */
export function readStamp(workspace: string, hash: string): Stamp | undefined {
  const stamp = readRecord(workspace, nameOf(hash)) as Stamp | undefined;
  if (!stamp) return undefined;
  const same = Object.entries(stamp.files).every(([file, state]) => stateOf(workspace, file) === state);
  return same ? stamp : undefined;
}

/** Those in the folder itself, such as its scores and predictions; what is deeper has been put there with them. */
function filesAt(workspace: string, path: string): string[] {
  const whole = join(workspace, path);
  if (statSync(whole).isFile()) return [path];
  return readdirSync(whole, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(workspace, join(whole, entry.name)));
}

function stateOf(workspace: string, file: string): string {
  const stats = statSync(join(workspace, file), { throwIfNoEntry: false });
  return stats ? `${stats.size} ${stats.mtimeMs}` : 'gone';
}
