/** Wrong use: the options ask for what cannot be, as opposed to a failure of what was asked for. */

export interface UsageErrorOptions extends ErrorOptions {
  /** The option that is wrong, where the message does not name it. */
  option?: string;
}

export class UsageError extends Error {
  readonly option: string | undefined;

  constructor(message: string, { option, ...options }: UsageErrorOptions = {}) {
    super(message, options);
    this.option = option;
  }
}

/** @throws UsageError in place of the error that `work` throws */
export function asUse<T>(work: () => T, option?: string): T {
  try {
    return work();
  } catch (error) {
    throw usageErrorOf(error, option);
  }
}

/** @returns the error, as one of wrong use */
export function usageErrorOf(error: unknown, option?: string): UsageError {
  return new UsageError((error as Error).message, { cause: error, option });
}
