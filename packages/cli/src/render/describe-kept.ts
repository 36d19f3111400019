/** Tells people what is kept of a training that they stopped. */
import type { BegunRun } from 'foldwise';
import { here } from './here.ts';

export function describeKept({ folder, done, begun }: BegunRun): string {
  const kept = [
    ...(done.length > 0 ? [`fold ${done.join(', ')}`] : []),
    ...begun.map(({ fold, epochs, steps }) =>
      steps > 0
        ? `fold ${fold} up to step ${steps} of epoch ${epochs + 1}`
        : `fold ${fold} up to epoch ${epochs}`,
    ),
  ];
  return kept.length > 0
    ? `Kept in ${here(folder)}: ${kept.join(', ')}. The same command goes on from there.`
    : 'No step was done, so nothing is kept; the same command starts again.';
}
