/** The features of the last four layers side by side for each token, then a head within. */
import { tf } from '@foldwise/tensorflow';
import { lastLayersHead } from './last-layers-head.ts';

export const last4Concat = lastLayersHead({
  name: 'last-4-concat',
  description:
    "the last four layers' features side by side for each token, then another head (mean, if none is named)",
  join: (states, name) => tf.layers.concatenate({ axis: -1, name }).apply([...states]) as tf.SymbolicTensor,
});
