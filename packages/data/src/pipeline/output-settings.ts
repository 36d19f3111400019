/** What a pipeline says of the layers between a text's vector and its predictions. */
import { z } from 'zod';
import { strictObject } from '../schema/strict-schema.ts';

const units = z.int().min(1);

export const outputSettings = strictObject({
  /** Units of each hidden layer between pooling and output, the first one next to the pooling; 64 is short for [64]. */
  hidden: z
    .union([units.transform((one) => [one]), z.array(units)], {
      error: 'expected numbers of units, such as 64 or [64, 32]',
    })
    .default([]),
  /** Of the hidden layers; "gelu" is the exact one, by erf. */
  activation: z.enum(['gelu', 'relu', 'tanh']).default('gelu'),
  /** The share of features dropped in training before each of these layers, hidden ones and output. */
  dropout: z.number().min(0).lt(1).default(0),
  /**
   * Multi-sample dropout (Inoue 2019): how many dropout masks each row goes through these layers with in a step. The
   * loss is the mean of the masks' losses, as in the paper, so that each mask gets its own gradient; the mean of their
   * logits would be one milder dropout. Costs little, for the encoder runs once. Predictions are made without masks.
   */
  samples: z.int().min(1).max(64).default(1),
}).superRefine(({ dropout, samples }, context) => {
  if (samples > 1 && dropout === 0)
    context.addIssue({ code: 'custom', path: ['samples'], message: 'expected 1 where output.dropout is 0' });
});
