/** The last states of two LSTMs, one from each end of the text. */
import { recurrentHead } from './recurrent-head.ts';

export const bilstm = recurrentHead({
  name: 'bilstm',
  cell: 'lstm',
  bidirectional: true,
  description:
    'the last states of two LSTMs over the tokens, one from each end, of 256 units each if no number is named',
  source: 'Graves & Schmidhuber 2005',
});
