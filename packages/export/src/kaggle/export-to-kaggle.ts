/** Exports models as what Kaggle's code competitions take: a data set, and a Python notebook that predicts with it. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeJson } from '@foldwise/data';
import { replaceOutput } from '../replace-output.ts';
import type { KaggleDescription } from './kaggle-description.ts';
import { kaggleMetadata } from './kaggle-metadata.ts';
import { kaggleReadme } from './kaggle-readme.ts';
import { notebookOf } from './notebook-of.ts';
import { writeGraphs } from './write-graphs.ts';

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
 * Writes `dataset/` and `notebook/`; nothing is left of them where it fails. The TensorFlow engine must run.
 *
 * @returns the bytes of all files
 * @throws Error as `writeGraphs` for a model, and for an output that is in the way
 */
export async function exportToKaggle({
  output,
  force = false,
  about,
  models,
  user,
  competition,
}: ExportToKaggleOptions): Promise<{ bytes: number }> {
  return replaceOutput(output, { force, marks: kaggleMarks }, async (temporary) => {
    const dataset = join(temporary, 'dataset');
    const notebook = join(temporary, 'notebook');
    await mkdir(notebook, { recursive: true });
    for (const [name, folder] of models) await writeGraphs(folder, join(dataset, name));
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

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((total, { size }) => total + size, 0);
}
