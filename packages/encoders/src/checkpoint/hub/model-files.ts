/** What a folder needs for a checkpoint to be read from it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { vocabularyFiles, weightFiles } from '../checkpoint-files.ts';

/**
 * The files that `folder` lacks: of what comes in several forms, the name of the first.
 *
 * @throws if an index of weights cannot be read
 */
export function missingModelFiles(folder: string): string[] {
  const isThere = (file: string) => existsSync(join(folder, file));
  const weights = weightFiles(folder);
  return [
    ...['config.json'].filter((file) => !isThere(file)),
    ...(['tokenizer.json', ...vocabularyFiles].some(isThere) ? [] : ['tokenizer.json']),
    ...(weights.length > 0 ? weights : ['model.safetensors']).filter((file) => !isThere(file)),
  ];
}
