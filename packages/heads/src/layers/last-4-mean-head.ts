/** The mean of the last four layers, then a head within. */
import { lastLayersHead } from './last-layers-head.ts';
import { meanOfLayers } from './mean-of-layers.ts';

export const last4Mean = lastLayersHead({
  name: 'last-4-mean',
  description: 'the mean of the last four layers, then another head (mean, if none is named)',
  join: meanOfLayers,
});
