/** What a pipeline says of the step between the out-of-fold predictions and the submission. */
import { postProcessings, type PostProcessing, type PostProcessingSetting } from '@foldwise/metrics';
import { z } from 'zod';
import { nearestName } from '../schema/nearest-name.ts';
import { strictObject } from '../schema/strict-schema.ts';

const kinds = Object.entries<PostProcessing>(postProcessings).map(([kind, { settings, check }]) =>
  strictObject({ kind: z.literal(kind), ...settings }).superRefine((given, context) => {
    const problem = check?.(given);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  }),
);

const names = ['none', ...Object.keys(postProcessings)];

/** "none", a kind's name, or an object with its `kind` and what of it is given; parsed to the latter, or to undefined. */
export const postProcessingSettings = z
  .preprocess(
    (value) => (names.includes(value as string) ? { kind: value } : value),
    z.discriminatedUnion('kind', [strictObject({ kind: z.literal('none') }), ...kinds], {
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
