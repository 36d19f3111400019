/** The options of the plugin in `nx.json`. */

export interface PluginOptions {
  /** Whether Nx may train several folds at a time (by its `--parallel`), as where there are several devices; no by default. */
  parallel: boolean;
  /** Threads of each training; undefined means all cores. */
  threads?: number;
}

/** @throws Error for an unknown option and a wrong value */
export function parseOptions(options: unknown): PluginOptions {
  const { parallel = false, threads, ...unknown } = (options ?? {}) as Record<string, unknown>;
  const [key] = Object.keys(unknown);
  const fail = (message: string): never => {
    throw new Error(`nx.json: plugins: @foldwise/nx: ${message}`);
  };
  if (key !== undefined) fail(`unknown option "${key}"; known are parallel and threads`);
  if (typeof parallel !== 'boolean')
    fail(`parallel: expected true or false, got ${JSON.stringify(parallel)}`);
  if (threads !== undefined && !(Number.isInteger(threads) && (threads as number) > 0))
    fail(`threads: expected a whole number of at least 1, got ${JSON.stringify(threads)}`);
  return { parallel: parallel as boolean, threads: threads as number | undefined };
}
