/** Tells of numbers that a model hardly reaches as they are: its outputs begin at the mean, and small steps lead away. */
import type { Competition, Pipeline } from '@foldwise/data';

/**
 * From which standard deviation on: with 19, MiniLM learnt less in two epochs than of the same numbers standardized; with
 * 144 million, nothing.
 */
const WIDE = 10;

/** @returns undefined where targets are standardized, are no numbers, or are not spread widely */
export function scaleNote(
  { training }: Pick<Pipeline, 'training'>,
  { manifest, train }: Pick<Competition, 'manifest' | 'train'>,
): string | undefined {
  if (manifest.task !== 'regression' || training.standardizeTargets) return undefined;
  const spreads = train.targets.map((values) => {
    const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
    return Math.sqrt(values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length);
  });
  const widest = Math.max(...spreads);
  if (!(widest > WIDE)) return undefined;
  const name = [manifest.columns.target].flat()[spreads.indexOf(widest)]!;
  return `${name} has a standard deviation of ${Number(widest.toPrecision(3))}, and numbers around 1 are learnt best: --training.standardizeTargets true, or the same in pipeline.ts`;
}
