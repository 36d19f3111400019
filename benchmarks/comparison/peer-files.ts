/** A competition's files and target, as the arguments of the peers' scripts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest } from '@foldwise/data';

/** @throws for more than one target, which the peers cannot take */
export async function peerFiles(competition: string): Promise<string[]> {
  const folder = join('data', competition);
  const path = join(folder, 'competition.json');
  const { files, columns } = parseManifest(JSON.parse(await readFile(path, 'utf8')), path);
  if (columns.target.length > 1) throw new Error(`${path} has several targets; the peers take one.`);
  const file = (name: string) => join(folder, name);
  return ['--train', file(files.train), '--test', file(files.test), '--target', columns.target[0]!];
}
