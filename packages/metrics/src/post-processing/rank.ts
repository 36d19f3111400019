/**
 * The place of a prediction among those that are made together, from 0 to 1: it puts the predictions of unlike models
 * on one scale, and changes no order among them. Nothing is fitted.
 */
import type { Columns } from '../metric.ts';
import type { PostProcessing } from './post-processing.ts';
import { ranks } from '../sorting/ranks.ts';

export const rank: PostProcessing = {
  name: 'rank',
  description: 'the place among the rows that are predicted together, from 0 to 1',
  tasks: ['regression', 'binary', 'multi-label'],
  settings: {},
  decides: false,
  suits: ({ takes }) => takes === 'ranks',
  fit: () => ({}),
  apply: (_, predictions: Columns) =>
    predictions.map((column) => ranks(column).map((place) => (place - 0.5) / column.length)),
};
