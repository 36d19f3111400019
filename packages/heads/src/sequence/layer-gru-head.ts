/** A GRU over the layers' states of the first token. */
import { layerRecurrence } from './layer-recurrence.ts';

export const layerGru = layerRecurrence('layer-gru', {
  cell: 'gru',
  description:
    "the last state of a GRU over the layers' states of the first token, the embeddings aside, of 256 units if no number " +
    'is named',
});
