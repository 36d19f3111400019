/** Fetches a checkpoint's files from a Hugging Face hub into a folder, in whichever of the published forms it has them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shardsOf, vocabularyCompanions, vocabularyFiles, weightForms } from '../checkpoint-files.ts';
import { downloadFile, HttpError } from './download-file.ts';

export interface HubOptions {
  /** The hub's address, such as `https://huggingface.co`. */
  host: string;
  /** Branch, tag or commit. */
  revision: string;
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

/** The first of `files` that the hub has, or its refusal of the first. */
type Found = { file: string } | { refusal: HttpError };

/**
 * Downloads those of the model's files that `folder` lacks: small ones first, so that a wrong name fails early, the weights
 * last, in the first of their forms that the hub has. Sends `HF_TOKEN` where it is set.
 *
 * @throws if the hub cannot be reached (at once without a name server, else after about 5 s), does not have the
 *   model or one of its files, or breaks off
 */
export async function fetchFromHub(
  name: string,
  folder: string,
  { host, revision, onProgress }: HubOptions,
): Promise<void> {
  const what = revision === 'main' ? name : `${name}@${revision}`;
  let patience = firstAnswerMs;

  /** @returns the hub's answer where it has no such file */
  const fetchFile = async (file: string): Promise<HttpError | undefined> => {
    const path = join(folder, file);
    if (existsSync(path)) return undefined;
    const message = `Downloading ${what}/${file} from ${host}`;
    onProgress?.({ message });
    try {
      await downloadFile(`${host}/${name}/resolve/${encodeURIComponent(revision)}/${file}`, path, {
        token: process.env['HF_TOKEN'],
        answerMs: patience,
        silenceMs: answerMs,
        onBytes: (loadedBytes, totalBytes) => onProgress?.({ message, loadedBytes, totalBytes }),
      });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.status !== 404 || error.code === 'RevisionNotFound') throw refused(error, what, file);
      return error;
    }
    patience = answerMs;
    return undefined;
  };
  const fetchFirst = async (files: readonly string[]): Promise<Found> => {
    const there = files.find((file) => existsSync(join(folder, file)));
    if (there !== undefined) return { file: there };
    let refusal: HttpError | undefined;
    for (const file of files) {
      const answer = await fetchFile(file);
      if (!answer) return { file };
      refusal ??= answer;
    }
    return { refusal: refusal! };
  };
  const fetchOne = async (files: readonly string[]): Promise<string> => {
    const found = await fetchFirst(files);
    if ('file' in found) return found.file;
    const [first, ...others] = files as [string, ...string[]];
    throw refused(found.refusal, what, first, others);
  };

  await fetchOne(['config.json']);
  if ((await fetchOne(['tokenizer.json', ...vocabularyFiles])) !== 'tokenizer.json')
    for (const file of vocabularyCompanions) await fetchFile(file);
  await fetchFile('tokenizer_config.json');
  const weights = await fetchOne(weightForms.map(({ file }) => file));
  if (weightForms.some(({ file, sharded }) => sharded && file === weights))
    for (const shard of shardsOf(join(folder, weights))) await fetchOne([shard]);
}

function refused(error: HttpError, what: string, file: string, others: readonly string[] = []): Error {
  const nor = others.length > 0 ? `, nor ${others.join(', ')}` : '';
  return new Error(`${describe(error, what, file)} (${error.message})${nor}`, { cause: error });
}

function describe({ status, code }: HttpError, what: string, file: string): string {
  if (code === 'RevisionNotFound') return `there is no revision ${what}`;
  if (code === 'GatedRepo')
    return `the authors of ${what} ask for consent: give it on the model's page, and set HF_TOKEN`;
  if (status === 404) return `there is no ${file} in ${what}`;
  if (status === 401 || status === 403) {
    return `there is no model ${what}, or it is not public: check the name, or set HF_TOKEN`;
  }
  return `the hub refused ${what}/${file}`;
}
