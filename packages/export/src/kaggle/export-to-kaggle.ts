/** Exports models as what Kaggle's code competitions take: a data set, and a Python notebook that predicts with it. */
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceOutput } from '../replace-output.ts';
import { checkPythonHead } from './check-python-head.ts';
import type { KaggleDescription } from './kaggle-description.ts';
import { kaggleMetadata } from './kaggle-metadata.ts';
import { kaggleReadme } from './kaggle-readme.ts';
import { notebookOf } from './notebook-of.ts';

export interface ExportToKaggleOptions {
  /** The folder to write. */
  output: string;
  /** Replace an export that is already there. */
  force?: boolean;
  about: KaggleDescription;
  /** Where the models are that `about.runs` names, by these names: folders as training leaves them. */
  models: ReadonlyMap<string, string>;
  /** The user's name on Kaggle. */
  user?: string | undefined;
  /** The competition's slug on Kaggle. */
  competition?: string | undefined;
}

const script = fileURLToPath(new URL('predict.py', import.meta.url));

/** What an earlier export has, so that nothing else is replaced. */
export const kaggleMarks = ['dataset', 'notebook'];

/**
 * Writes `dataset/` and `notebook/`; nothing is left of them where it fails.
 *
 * @returns the bytes of all files
 * @throws Error for a head that the Python script lacks, files that cannot be read, and an output that is in the way
 */
export async function exportToKaggle({
  output,
  force = false,
  about,
  models,
  user,
  competition,
}: ExportToKaggleOptions): Promise<{ bytes: number }> {
  for (const folder of models.values()) {
    const { head } = JSON.parse(await readFile(join(folder, 'head.json'), 'utf8')) as { head: string };
    checkPythonHead(head);
  }
  return replaceOutput(output, { force, marks: kaggleMarks }, async (temporary) => {
    const dataset = join(temporary, 'dataset');
    const notebook = join(temporary, 'notebook');
    await mkdir(notebook, { recursive: true });
    for (const [name, folder] of models) await copyModel(folder, join(dataset, name));
    await writeJson(join(dataset, 'foldwise.json'), about);
    const metadata = kaggleMetadata({ title: `${about.title} ${about.name}`, user, competition });
    await writeJson(join(dataset, 'dataset-metadata.json'), metadata.dataset);
    await writeJson(join(notebook, 'kernel-metadata.json'), metadata.kernel);
    const code = await readFile(script, 'utf8');
    await writeFile(join(notebook, 'predict.py'), code);
    await writeFile(join(notebook, 'predict.ipynb'), notebookOf(code));
    await writeFile(join(temporary, 'README.md'), kaggleReadme(about, metadata));
    return { bytes: await bytesIn(temporary) };
  });
}

const writeJson = (path: string, value: object): Promise<void> =>
  writeFile(path, `${JSON.stringify(value, null, 2)}\n`);

/** Shares the bytes with the original where the file system can. */
async function copyModel(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true }))
    if (entry.isFile())
      await copyFile(join(from, entry.name), join(to, entry.name), constants.COPYFILE_FICLONE);
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((total, { size }) => total + size, 0);
}
