/** The files of a checkpoint, in the order of fetching: small ones first, so that a wrong name fails early, the weights last. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const modelFiles = [
  { file: 'config.json', required: true },
  { file: 'tokenizer.json', required: true },
  { file: 'tokenizer_config.json', required: false },
  { file: 'model.safetensors', required: true },
];

/** The required files that `folder` lacks. */
export function missingModelFiles(folder: string): string[] {
  return modelFiles
    .filter(({ file, required }) => required && !existsSync(join(folder, file)))
    .map(({ file }) => file);
}
