/** The state of an LSTM after the text's last token. */
import { recurrentHead } from './recurrent-head.ts';

export const lstm = recurrentHead({
  name: 'lstm',
  cell: 'lstm',
  bidirectional: false,
  description: 'the last state of an LSTM over the tokens, of 256 units if no number is named',
  source: 'Hochreiter & Schmidhuber 1997',
});
