/** Every post-processing by its name, of those that fit a metric the usual one first: a new one is a file, a test and a line here. */
import { clip } from './clip.ts';
import { cutPoints } from './cuts/cut-points.ts';
import type { PostProcessing } from './post-processing.ts';
import { rank } from './rank.ts';
import { round } from './round.ts';
import { threshold } from './thresholds/threshold.ts';

export const postProcessings = {
  threshold,
  clip,
  'cut-points': cutPoints,
  rank,
  round,
} satisfies Record<string, PostProcessing>;

export type PostProcessingKind = keyof typeof postProcessings;

/** How a post-processing is asked for: its kind, and what of it is given instead of fitted. */
export type PostProcessingSetting = {
  [Kind in PostProcessingKind]: { kind: Kind } & SettingsTaken<(typeof postProcessings)[Kind]>;
}[PostProcessingKind];

type SettingsTaken<Kind> = Kind extends PostProcessing<infer Settings> ? Settings : never;
