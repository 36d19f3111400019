/** Says what to do where a libtensorflow is there but does not load: the loader's own message never does. */
import type { Library } from '../library/library.ts';

/** Runs `load`. @throws its Error with the library's folder and a remedy that fits where the library came from. */
export function explainLoadFailure<R>({ folder, origin }: Library, load: () => R): R {
  try {
    return load();
  } catch (error) {
    const remedy = {
      env: 'Set FOLDWISE_TENSORFLOW to the folder of another TensorFlow, or leave it out.',
      python: 'Reinstall TensorFlow in that Python environment, or set FOLDWISE_TENSORFLOW to another one.',
      cache: 'Delete that folder, and the next run downloads it again.',
      installed: 'Delete that folder, and the next run downloads it again.',
    }[origin];
    throw new Error(`TensorFlow in ${folder} does not load: ${(error as Error).message} ${remedy}`);
  }
}
