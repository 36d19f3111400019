/** Fetches a model's files from a Hugging Face hub into a folder. Leaves out revisions other than main, and sharded weights. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadFile, HttpError } from './download-file.ts';
import { modelFiles } from './model-files.ts';

export interface HubOptions {
  /** The hub's address, such as `https://huggingface.co`. */
  host: string;
  onProgress?: ((progress: ModelProgress) => void) | undefined;
}

/** What is happening; while a file is under way also how far it is. */
export interface ModelProgress {
  message: string;
  loadedBytes?: number;
  totalBytes?: number;
}

/** The first answer tells whether there is a hub at all; after it, patience. */
const firstAnswerMs = 5_000;
const answerMs = 30_000;

/**
 * Downloads those of the model's files that `folder` lacks, the weights last. Sends `HF_TOKEN` where it is set.
 *
 * @throws if the hub cannot be reached (at once without a name server, else after about 5 s), does not have the
 *   model or one of its files, or breaks off
 */
export async function fetchFromHub(
  name: string,
  folder: string,
  { host, onProgress }: HubOptions,
): Promise<void> {
  let patience = firstAnswerMs;
  for (const { file, required } of modelFiles) {
    if (existsSync(join(folder, file))) continue;
    const message = `Downloading ${name}/${file} from ${host}`;
    onProgress?.({ message });
    try {
      await downloadFile(`${host}/${name}/resolve/main/${file}`, join(folder, file), {
        token: process.env['HF_TOKEN'],
        answerMs: patience,
        silenceMs: answerMs,
        onBytes: (loadedBytes, totalBytes) => onProgress?.({ message, loadedBytes, totalBytes }),
      });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 404 && !required) continue;
      throw new Error(`${describeStatus(error.status, name, file)} (${error.message})`, { cause: error });
    }
    patience = answerMs;
  }
}

function describeStatus(status: number, name: string, file: string): string {
  if (status === 404) return `there is no ${file} in ${name}`;
  if (status === 401 || status === 403) {
    return `there is no model ${name}, or it is not public: check the name, or set HF_TOKEN`;
  }
  return `the hub refused ${name}/${file}`;
}
