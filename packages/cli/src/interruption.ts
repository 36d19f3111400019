/** Turns Ctrl-C and SIGTERM into an abort, and makes sure that the process ends soon whatever it is doing. */
import { print } from './render/print.ts';

/** Long enough for a step to end, short enough that nobody presses Ctrl-C again. */
const PATIENCE_MS = 1500;
/** A terminal and Nx may both pass on the same Ctrl-C. */
const SAME_SIGNAL_MS = 300;

/** The reason of the abort. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`Stopped${signal === 'SIGINT' ? '' : ` by ${signal}`}.`);
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/**
 * The first signal aborts; if the process still runs 1.5 s later, or on a second signal, it ends at once. That is
 * safe at any time, for results are written under temporary names and renamed.
 *
 * @param describe what to say of the work so far
 * @param cleanUp leaves the terminal as it was
 */
export function watchForInterruption(
  describe: () => string,
  cleanUp: () => void,
): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  let firstAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const onSignal = (name: 'SIGINT' | 'SIGTERM'): void => {
    const interruption = new Interruption(name);
    if (firstAt === undefined) {
      firstAt = performance.now();
      timer = setTimeout(() => {
        cleanUp();
        print.note(`${interruption.message} ${describe()}`.trimEnd());
        process.exit(interruption.exitCode);
      }, PATIENCE_MS);
      controller.abort(interruption);
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
      cleanUp();
      process.exit(interruption.exitCode);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const dispose = (): void => {
    clearTimeout(timer);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  return { signal: controller.signal, dispose };
}
