/** An LSTM over the layers' states of the first token. */
import { layerRecurrence } from './layer-recurrence.ts';

export const layerLstm = layerRecurrence('layer-lstm', {
  cell: 'lstm',
  description:
    "the last state of an LSTM over the layers' states of the first token, the embeddings aside, of 256 units if no number " +
    'is named',
});
