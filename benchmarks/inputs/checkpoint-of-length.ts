/** A checkpoint of sentence-transformers that cuts texts at another length, which its folder tells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const settings = 'sentence_bert_config.json';

/** A temporary folder of links to all files of `folder` but its settings; it is removed when this process ends. */
export async function checkpointOfLength(folder: string, maxLength: number): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'foldwise-checkpoint-'));
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  for (const name of await readdir(folder)) await symlink(resolve(folder, name), join(copy, name));
  const original = JSON.parse(await readFile(join(folder, settings), 'utf8')) as object;
  await rm(join(copy, settings));
  await writeFile(join(copy, settings), JSON.stringify({ ...original, max_seq_length: maxLength }));
  return copy;
}
