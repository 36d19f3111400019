/** The state of a GRU after the text's last token. */
import { recurrentHead } from './recurrent-head.ts';

export const gru = recurrentHead({
  name: 'gru',
  cell: 'gru',
  bidirectional: false,
  description: 'the last state of a GRU over the tokens, of 256 units if no number is named',
  source: 'Cho et al. 2014',
});
