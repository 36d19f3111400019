/** Tells what is kept and cannot be used from what only could not be read now, which must stay as it is. */

/** What is kept is of something else, or damaged: no later attempt can use it. The message is the reason. */
export class UnusableTraining extends Error {
  override readonly name = 'UnusableTraining';
}

/**
 * What `read` makes of a kept file.
 *
 * @throws UnusableTraining where the file is missing or damaged; Error where the system could not read it, for whatever
 * reason: the file may be sound
 */
export async function readKept<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof UnusableTraining) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new UnusableTraining(`${path} is missing, though state.json names it`, { cause: error });
    if (isOfContent(error)) throw new UnusableTraining(message, { cause: error });
    throw new Error(
      `${path} cannot be read: ${message}. The training stops, and what was kept stays as it is. ${advice(error)}, then run the same command again; or move the folder away to start anew.`,
      { cause: error },
    );
  }
}

/**
 * Readers say what is wrong with a file in plain errors. Those of the system have a code, and those of the language
 * (no memory for an array, a mistake in our own code) a class; neither says anything about the file.
 */
function isOfContent(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'Error' && (error as NodeJS.ErrnoException).code === undefined
  );
}

const advices: Readonly<Record<string, string>> = {
  EMFILE: 'Close other programs, or allow more open files (ulimit -n)',
  ENFILE: 'Close other programs, or allow more open files (ulimit -n)',
  ENOMEM: 'Free some memory',
  ERR_MEMORY_ALLOCATION_FAILED: 'Free some memory',
  EACCES: 'Give yourself the right to read it',
  EPERM: 'Give yourself the right to read it',
  EIO: 'See whether the disk is sound and connected',
};

function advice(error: unknown): string {
  if (error instanceof RangeError) return advices['ENOMEM']!;
  return advices[(error as NodeJS.ErrnoException).code ?? ''] ?? 'Mend that';
}
