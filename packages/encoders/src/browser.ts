/** What of this package runs in a browser: the layers and the model; a model's weights come with the saved model. */
export { bertEncoder, type BertEncoderOptions } from './bert/bert-encoder.ts';
export { BertEmbeddings } from './bert/bert-embeddings.ts';
export { BertLayer } from './bert/bert-layer.ts';
export { PaddedStates } from './bert/padded-states.ts';
export type { EncoderConfig } from './checkpoint/encoder-config.ts';
