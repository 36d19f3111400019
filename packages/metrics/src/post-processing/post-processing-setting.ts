/** How a post-processing is asked for: its kind, and what of it is given instead of fitted. */
import type { ClipSettings } from './clip.ts';
import type { RoundSettings } from './round.ts';

export type PostProcessingSetting =
  | { kind: 'threshold' | 'cut-points' | 'rank' }
  | ({ kind: 'clip' } & ClipSettings)
  | ({ kind: 'round' } & RoundSettings);
