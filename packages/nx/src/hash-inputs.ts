/** Hashes the files that a target's inputs name. Large ones are read again only if their size or time changed. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashFile } from './hash-file.ts';
import { readRecord, writeRecord } from './records.ts';

/** Steps follow each other by hours, and inputs may change in between, but not within this time. */
const FRESH_MS = 10_000;
const LARGE = 1 << 20;
const recent = new Map<string, { hash: string; at: number }>();

/** @param input a path, which may start with `{workspaceRoot}` and end with two and one asterisks: all files below but tests */
export function hashInput(workspace: string, input: string): string {
  const known = recent.get(input);
  if (known && performance.now() - known.at < FRESH_MS) return known.hash;
  const path = input.replace(/^\{workspaceRoot\}\//, '');
  const files = path.endsWith('/**/*')
    ? filesBelow(join(workspace, path.slice(0, -5)))
    : [join(workspace, path)];
  const all = createHash('sha256');
  for (const file of files) all.update(`${relative(workspace, file)}\n${hashOf(workspace, file)}\n`);
  const hash = all.digest('hex');
  recent.set(input, { hash, at: performance.now() });
  return hash;
}

function filesBelow(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hashOf(workspace: string, file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats || stats.size < LARGE) return hashFile(file);
  const state = `${stats.size} ${stats.mtimeMs}`;
  const record = join('files', createHash('sha256').update(file).digest('hex'));
  const known = readRecord(workspace, record) as { state: string; hash: string | null } | undefined;
  if (known?.state === state) return known.hash;
  const hash = hashFile(file);
  writeRecord(workspace, record, { state, hash });
  return hash;
}
