/** What `state.json` of a kept training holds: its state, of which training it is, and its files of tensors. */
import type { TrainingState } from '../trainer/training-state.ts';
import { UnusableTraining } from './unusable.ts';

/** What must be the same for the rest of a training to be the same, by what people call it. */
export type TrainingIdentity = Readonly<Record<string, string | number>>;

/** It is written last, and names the files that belong to it. */
export interface StateFile extends Omit<TrainingState, 'best'> {
  format: typeof format;
  identity: TrainingIdentity;
  files: { weights?: string; moments?: string; best?: string };
  /** Predictions as the bytes of their float64 numbers, in base64; a score that is not defined is null. */
  best?: { epoch: number; score: number | null; chosenBy: string[] };
}

/** 1 was written after whole epochs alone. */
const format = 2;

/** The file that tells how far a training is. */
export const stateFile = 'state.json';

/** A name of a file that the store writes, its temporary ones included; the number of a whole file's write is the group. */
export const ownName =
  /^(?:weights|moments)-(?:(\d+)\.safetensors|\d+\.safetensors\.[\w-]+\.tmp)$|^state\.json\.\w+$/;

export function formatState(
  { best, ...state }: TrainingState,
  identity: TrainingIdentity,
  files: StateFile['files'],
): StateFile {
  const file: StateFile = { format, identity, files, ...state };
  if (!best) return file;
  const chosenBy = best.chosenBy.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
  );
  const score = Number.isFinite(best.score) ? best.score : null;
  return { ...file, best: { epoch: best.epoch, score, chosenBy } };
}

/**
 * @param file the content of `path`, unchecked
 * @throws UnusableTraining where it is of another training, or not what `formatState` makes
 */
export function parseState(
  file: StateFile,
  identity: TrainingIdentity,
  path: string,
): { state: TrainingState; files: StateFile['files'] } {
  check(isObject(file), path, 'expected an object');
  const { format: itsFormat } = file as { format: unknown };
  if (itsFormat !== format)
    throw new UnusableTraining(
      `${path} has format ${JSON.stringify(itsFormat)}, which another version of Foldwise wrote; expected ${format}`,
    );
  check(isObject(file.identity), path, '"identity" must be an object');
  const unlike = Object.keys(identity).find((key) => file.identity[key] !== identity[key]);
  if (unlike !== undefined) {
    const [got, expected] = [file.identity[unlike], identity[unlike]].map((value) => JSON.stringify(value));
    throw new UnusableTraining(`it was made with another ${unlike}: ${got ?? 'none'}, now ${expected}`);
  }
  const { files, epochs, seconds, best } = file;
  const names = isObject(files) ? Object.values(files) : [];
  const named = names.every((name) => typeof name === 'string' && ownName.exec(name)?.[1] !== undefined);
  check(names.length > 0 && named && (files.weights ?? files.best), path, '"files" must name its tensors');
  check(
    Array.isArray(epochs) && epochs.every((epoch) => isObject(epoch)),
    path,
    '"epochs" must list those that are done',
  );
  const { step, position, lossSum, epochSeconds, tokens } = file;
  const counts = { step, position, lossSum, epochSeconds, tokens };
  check(
    isObject(seconds) && [...Object.values(counts), ...Object.values(seconds)].every(Number.isFinite),
    path,
    `${Object.keys(counts).join(', ')} and "seconds" must be numbers`,
  );
  const state: TrainingState = {
    // Of an epoch that was not scored, JSON has no score; of one whose score is not defined, null.
    epochs: epochs.map((epoch) =>
      (epoch.score as number | null) === null ? { ...epoch, score: NaN } : epoch,
    ),
    ...{ step, position, lossSum, epochSeconds, tokens, seconds },
  };
  if (!best) return { state, files };
  check(
    isObject(best) && Number.isFinite(best.epoch) && Array.isArray(best.chosenBy) && files.best,
    path,
    '"best" must tell an epoch, its predictions and its file',
  );
  const chosenBy = best.chosenBy.map((text) => {
    const bytes = Buffer.from(text, 'base64');
    check(bytes.length % 8 === 0, path, 'the predictions of "best" must be float64 numbers');
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
  return { state: { ...state, best: { epoch: best.epoch, score: best.score ?? NaN, chosenBy } }, files };
}

function check(holds: unknown, path: string, expected: string): asserts holds {
  if (!holds) throw new UnusableTraining(`${path} is damaged: ${expected}`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
