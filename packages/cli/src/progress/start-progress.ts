/** Chooses how progress is shown. */
import type { Progress } from './progress.ts';

const silent: Progress = { update: () => undefined, note: () => undefined, stop: () => undefined };

/** A bar where stderr is a terminal, else lines; nothing for `quiet`. */
export async function startProgress({ quiet }: { quiet: boolean }): Promise<Progress> {
  if (quiet) return silent;
  if (process.stderr.isTTY) return new (await import('./bar-progress.ts')).BarProgress();
  return new (await import('./line-progress.ts')).LineProgress();
}
