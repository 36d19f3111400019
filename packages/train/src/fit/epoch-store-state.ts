/** What `state.json` of kept epochs holds: how far a training is, of which training it is, and its files of tensors. */
import { UnusableEpochs } from './epoch-store-error.ts';
import type { TrainingProgress } from './training-progress.ts';

/** What must be the same for the rest of a training to be the same, by what people call it. */
export type TrainingIdentity = Readonly<Record<string, string | number>>;

/** It is written last, and names the files that belong to it. */
export interface State extends Omit<TrainingProgress, 'best'> {
  format: 1;
  identity: TrainingIdentity;
  files: { weights?: string; moments?: string; best?: string };
  /** Predictions as the bytes of their float64 numbers, in base64; a score that is not defined is null. */
  best?: { epoch: number; score: number | null; chosenBy: string[] };
}

/** The file that tells how far a training is. */
export const stateFile = 'state.json';

/** A name of a file that the store writes, its temporary ones included; the epoch of a whole file is the group. */
export const ownName =
  /^(?:weights|moments)-(?:(\d+)\.safetensors|\d+\.safetensors\.[\w-]+\.tmp)$|^state\.json\.\w+$/;

export function formatState(
  { best, ...progress }: TrainingProgress,
  identity: TrainingIdentity,
  files: State['files'],
): State {
  const state: State = { format: 1, identity, files, ...progress };
  if (!best) return state;
  const chosenBy = best.chosenBy.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
  );
  const score = Number.isFinite(best.score) ? best.score : null;
  return { ...state, best: { epoch: best.epoch, score, chosenBy } };
}

/**
 * @param state the content of `path`, unchecked
 * @throws UnusableEpochs where it is of another training, or not what `formatState` makes
 */
export function parseState(
  state: State,
  identity: TrainingIdentity,
  path: string,
): { progress: TrainingProgress; files: State['files'] } {
  check(isObject(state) && state.format === 1, path, '"format" must be 1');
  check(isObject(state.identity), path, '"identity" must be an object');
  const unlike = Object.keys(identity).find((key) => state.identity[key] !== identity[key]);
  if (unlike !== undefined) {
    const [got, expected] = [state.identity[unlike], identity[unlike]].map((value) => JSON.stringify(value));
    throw new UnusableEpochs(`it was made with another ${unlike}: ${got ?? 'none'}, now ${expected}`);
  }
  const { files, epochs, steps, tokens, seconds, best } = state;
  const names = isObject(files) ? Object.values(files) : [];
  const named = names.every((name) => typeof name === 'string' && ownName.exec(name)?.[1] !== undefined);
  check(names.length > 0 && named && (files.weights ?? files.best), path, '"files" must name its tensors');
  check(
    Array.isArray(epochs) && epochs.length > 0 && epochs.every((epoch) => isObject(epoch)),
    path,
    '"epochs" must list those that are done',
  );
  const counts = [steps, tokens, ...Object.values(seconds ?? {})];
  check(
    isObject(seconds) && counts.every(Number.isFinite),
    path,
    '"steps", "tokens", "seconds" must be numbers',
  );
  const progress: TrainingProgress = {
    // Of an epoch that was not scored, JSON has no score; of one whose score is not defined, null.
    epochs: epochs.map((epoch) => (epoch.score === null ? { ...epoch, score: NaN } : epoch)),
    steps,
    tokens,
    seconds,
  };
  if (!best) return { progress, files };
  check(
    isObject(best) && Number.isFinite(best.epoch) && Array.isArray(best.chosenBy) && files.best,
    path,
    '"best" must tell an epoch, its predictions and its file',
  );
  const chosenBy = best.chosenBy.map((text) => {
    const bytes = Buffer.from(String(text), 'base64');
    check(bytes.length % 8 === 0, path, 'the predictions of "best" must be float64 numbers');
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
  return {
    progress: { ...progress, best: { epoch: best.epoch, score: best.score ?? NaN, chosenBy } },
    files,
  };
}

function check(holds: unknown, path: string, expected: string): asserts holds {
  if (!holds) throw new UnusableEpochs(`${path} is damaged: ${expected}`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
