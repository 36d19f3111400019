/** Exports a fold's model as a folder that runs in a web browser. */
import { existsSync } from 'node:fs';
import { copyFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadTextModel } from '@foldwise/train';
import { exportReadme } from './export-readme.ts';
import type { ModelDescription } from './model-description.ts';
import { replaceOutput } from './replace-output.ts';
import { writeLayersModel } from './write-layers-model.ts';
import { writePage } from './write-page.ts';

export interface ExportToTfjsOptions {
  /** The fold's `model` folder. */
  model: string;
  /** The folder to write. */
  output: string;
  /** Replace an export that is already there. */
  force?: boolean;
  /** How the weights lie on disk (default float32): float16 takes half of the bytes, and rounds them, but for the output's. */
  weights?: 'float16' | 'float32';
  /** What the page tells of the model and the model does not know itself. */
  about: Pick<ModelDescription, 'title' | 'encoder' | 'run' | 'fold' | 'score'>;
}

export interface Exported {
  /** Of all files, in bytes. */
  bytes: number;
  /** Of the weights among them. */
  weightBytes: number;
}

/** What an earlier export has, so that nothing else is replaced. */
export const tfjsMarks = ['model.json', 'foldwise.js'];

/**
 * Writes the model, its tokenizer, the library and the page; nothing is left of it where it fails. The engine must run.
 *
 * @throws Error where the model cannot be read, or the output is there already (see `checkOutput`)
 */
export async function exportToTfjs({
  model: folder,
  output,
  force = false,
  weights = 'float32',
  about,
}: ExportToTfjsOptions): Promise<Exported> {
  return replaceOutput(output, { force, marks: tfjsMarks }, async (temporary) => {
    await fill(temporary, folder, weights, about);
    const sizes = await Promise.all(
      (await readdir(temporary)).map(async (name) => ({
        name,
        size: (await stat(join(temporary, name))).size,
      })),
    );
    const sum = (files: typeof sizes) => files.reduce((total, { size }) => total + size, 0);
    return { bytes: sum(sizes), weightBytes: sum(sizes.filter(({ name }) => name.endsWith('.bin'))) };
  });
}

async function fill(
  temporary: string,
  folder: string,
  weights: 'float16' | 'float32',
  about: ExportToTfjsOptions['about'],
): Promise<void> {
  const loaded = await loadTextModel(folder);
  try {
    const { task, targets, classes, texts, maxLength, head } = loaded.record;
    const description: ModelDescription = {
      format: 1,
      task,
      targets,
      ...(classes && { classes }),
      ...(texts && texts.columns.length > 1 && { texts }),
      maxLength,
      head,
      ...about,
    };
    await writeLayersModel(loaded.model, temporary, { weights, metadata: { foldwise: description } });
    await writeFile(join(temporary, 'README.md'), exportReadme(description));
  } finally {
    loaded.dispose();
  }
  await copyFile(join(folder, 'tokenizer.json'), join(temporary, 'tokenizer.json'));
  const config = join(folder, 'tokenizer_config.json');
  if (existsSync(config)) await copyFile(config, join(temporary, 'tokenizer_config.json'));
  else await writeFile(join(temporary, 'tokenizer_config.json'), '{}\n');
  await writePage(temporary);
}
