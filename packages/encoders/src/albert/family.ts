/** ALBERT (Lan et al. 2020), whose layers share their weights. */
import type { EncoderFamily } from '../family.ts';
import { parseAlbertConfig, type AlbertConfig } from './config.ts';
import { albertEncoder } from './encoder.ts';
import { albertWeights } from './weights.ts';

export const albert: EncoderFamily<AlbertConfig> = {
  modelTypes: ['albert'],
  parseConfig: parseAlbertConfig,
  build: albertEncoder,
  weights: albertWeights,
  inputs: ({ typeVocabSize }) =>
    typeVocabSize > 1 ? ['input_ids', 'attention_mask', 'token_type_ids'] : ['input_ids', 'attention_mask'],
  maxTokens: ({ maxPositionEmbeddings }) => maxPositionEmbeddings,
  companions: [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'special_tokens_map.json',
    'added_tokens.json',
    'spiece.model',
  ],
};
