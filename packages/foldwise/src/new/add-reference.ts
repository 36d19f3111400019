/** Makes `tsc --build` see a new pipeline: adds it to the references of the workspace's `tsconfig.json`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** @returns what a person must do, where the file is not one that can be added to; undefined where all is done */
export async function addReference(workspace: string, name: string): Promise<string | undefined> {
  const file = join(workspace, 'tsconfig.json');
  const path = `pipelines/${name}`;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const config = JSON.parse(text) as { references: { path: string }[] };
    if (config.references.some((reference) => reference.path === path)) return undefined;
    const last = config.references.findLastIndex((reference) => reference.path.startsWith('pipelines/'));
    config.references.splice(last < 0 ? config.references.length : last + 1, 0, { path });
    await writeFileAtomic(file, `${JSON.stringify(config, null, 2)}\n`);
    return undefined;
  } catch {
    return `To check its types, add { "path": "${path}" } to the references in tsconfig.json`;
  }
}
