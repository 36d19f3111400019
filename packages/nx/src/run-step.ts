/**
 * A process of its own that does one step of a pipeline by the library, so that the engine stays out of Nx's process.
 * Argument: the step, as JSON. Sends where the results are, as `{ path }`; tells people the rest.
 */
import type { Progress } from 'foldwise';
import type { Step } from './task-options.ts';

/** The least time between two lines of progress. */
const EVERY_MS = 10_000;

const step = JSON.parse(process.argv[2]!) as Step;
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () =>
    stop.abort(new Error(`Stopped by ${signal}; the same step goes on from what is kept.`)),
  );

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const note = (line: string): void => {
  if (!step.quiet) process.stderr.write(`${line}\n`);
};

let next = 0;
function tell(progress: Progress): void {
  if (performance.now() < next) return;
  next = performance.now() + EVERY_MS;
  note(describe(progress));
}

function describe(progress: Progress): string {
  if (progress.kind === 'work') return progress.what;
  if (progress.kind === 'encoding') return `row ${Math.floor(progress.done)} of ${progress.total}`;
  const { fold, folds, stage, epoch, epochs, step, steps } = progress;
  const share = steps > 0 ? `, ${Math.floor((100 * step) / steps)} %` : '';
  return `fold ${fold} of ${folds}, ${stage === 'training' ? `epoch ${epoch} of ${epochs}` : stage}${share}`;
}

/** @returns the file, or the folder, of the results; absolute */
async function run(): Promise<string> {
  const { crossValidate, ensemble, makeFolds, trainFold } = await import('foldwise');
  const { formatScore } = await import('foldwise/format');
  const { workspace, pipeline, experiment, fold, again, threads, method, runs } = step;
  const common = { workspace, pipeline, signal: stop.signal, onProgress: tell, onNote: note };
  // Whether they are known is for the library to say.
  const { engine, device } = step as { engine?: 'auto'; device?: 'cpu' };
  const training = { ...common, experiment, again, threads, engine, device };
  switch (step.step) {
    case 'folds': {
      const { rows, folds, kind, seed, warnings, file } = await makeFolds(common);
      say(`${pipeline}: ${rows} rows in ${folds} folds, ${kind}, seed ${seed}`);
      for (const warning of warnings) say(`Beware: ${warning}`);
      return file;
    }
    case 'fold': {
      const { name, folder, folds, foldCount } = await trainFold({ ...training, fold });
      const { metric, score } = folds[0]!;
      say(`${pipeline}, ${name}, fold ${fold} of ${foldCount}: ${metric} ${formatScore(score)}`);
      return `${folder}/fold-${fold}`;
    }
    case 'cv': {
      const { name, folder, metric, score, warnings } = await crossValidate(training);
      say(`${pipeline}, ${name}: ${metric.name} ${formatScore(score)}`);
      for (const warning of warnings) say(`Beware: ${warning}`);
      return folder;
    }
    case 'ensemble': {
      const blended = await ensemble({ ...common, runs, method: method?.split(',') });
      const { members, chosen, metrics, folder } = blended;
      say(
        `${pipeline}, ${chosen.method} of ${members.length} runs: ${metrics.metric} ${formatScore(metrics.score)}`,
      );
      return folder;
    }
    case 'submission':
      throw new Error('a submission is what steps before it have made');
  }
}

try {
  const path = await run();
  say(`Files: ${path}`);
  process.send!({ path }, () => process.exit(0));
} catch (error) {
  const { message, stack } = error as Error;
  process.stderr.write(`${step.verbose ? (stack ?? message) : message}\n`, () => process.exit(1));
}
