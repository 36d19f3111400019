/** What a pipeline says of the step between the out-of-fold predictions and the submission. */
import type { postProcessings, PostProcessingSetting } from '@foldwise/metrics';
import { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import { strictObject } from './strict-object.ts';

const bound = z.number().optional();

const kinds = {
  threshold: strictObject({ kind: z.literal('threshold') }),
  'cut-points': strictObject({ kind: z.literal('cut-points') }),
  rank: strictObject({ kind: z.literal('rank') }),
  /** Bounds that are not given are fitted. */
  clip: strictObject({ kind: z.literal('clip'), low: bound, high: bound }).refine(
    ({ low = -Infinity, high = Infinity }) => low < high,
    'expected low to be below high',
  ),
  /** To a multiple of the step, or without one to the values seen in the truth. */
  round: strictObject({ kind: z.literal('round'), step: z.number().positive().optional() }),
} satisfies Record<keyof typeof postProcessings, z.ZodType<PostProcessingSetting>>;

const names = ['none', ...Object.keys(kinds)];

/** "none", a kind's name, or an object with its `kind` and what of it is given; parsed to the latter, or to undefined. */
export const postProcessingSettings = z
  .preprocess(
    (value) => (names.includes(value as string) ? { kind: value } : value),
    z.discriminatedUnion('kind', [strictObject({ kind: z.literal('none') }), ...Object.values(kinds)], {
      error: ({ input }) => {
        const kind = typeof input === 'string' ? input : (input as { kind?: unknown } | undefined)?.kind;
        const nearest = typeof kind === 'string' ? `; the nearest is "${nearestName(kind, names)}"` : '';
        return `expected one of ${names.join(', ')}${nearest}`;
      },
    }),
  )
  .transform((setting) => (setting.kind === 'none' ? undefined : setting)) as unknown as z.ZodType<
  PostProcessingSetting | undefined,
  PostProcessingSetting | { kind: 'none' } | 'none' | PostProcessingSetting['kind']
>;
