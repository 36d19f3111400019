/** Says what the post-processing of a run is worth; or, where it has none, which one to try. */
import type { TrainedRun } from 'foldwise';
import { formatScore } from 'foldwise/format';
import { bold } from './format.ts';

type TunedPostProcessing = NonNullable<NonNullable<TrainedRun['metrics']>['postProcessing']>;

/** @returns lines; none where there is nothing to say */
export function describePostProcessing(
  { metric, fittingPostProcessings: [usual] }: TrainedRun,
  tuned: TunedPostProcessing | undefined,
): string[] {
  if (!tuned) {
    // The others seldom change a score by much.
    return usual === 'threshold' || usual === 'cut-points'
      ? [`Try: --post-processing ${usual}, which trains nothing`]
      : [];
  }
  const { kind, parameters, plain, nested, optimistic } = tuned;
  return [
    bold(`${kind}: ${metric.name} ${formatScore(nested)} by nested folds`) +
      `, ${formatScore(optimistic)} on the rows it was fitted to`,
    ...describeParameters(parameters),
    ...(plain !== null && nested !== null && isWorse(metric.direction, nested, plain)
      ? [`Beware: without it ${metric.name} is better; leave it out with --post-processing none`]
      : []),
  ];
}

const isWorse = (direction: 'lower' | 'higher', score: number, than: number): boolean =>
  direction === 'higher' ? score < than : score > than;

function describeParameters(parameters: TunedPostProcessing['parameters']): string[] {
  const written = Object.entries(parameters).map(([name, value]) => {
    const numbers: number[] = [value].flat(2);
    return `${name} ${numbers.map((number) => Number(number.toPrecision(4))).join(' ')}`;
  });
  return written.length === 0 ? [] : [`In the submission: ${written.join('; ')}`];
}
