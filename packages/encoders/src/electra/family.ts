/** ELECTRA (Clark et al. 2020), trained to tell replaced words. */
import type { EncoderFamily } from '../family.ts';
import { parseElectraConfig, type ElectraConfig } from './config.ts';
import { electraEncoder } from './encoder.ts';
import { electraWeights } from './weights.ts';

export const electra: EncoderFamily<ElectraConfig> = {
  modelTypes: ['electra'],
  parseConfig: parseElectraConfig,
  build: electraEncoder,
  weights: electraWeights,
  inputs: ({ typeVocabSize }) =>
    typeVocabSize > 1 ? ['input_ids', 'attention_mask', 'token_type_ids'] : ['input_ids', 'attention_mask'],
  maxTokens: ({ maxPositionEmbeddings }) => maxPositionEmbeddings,
  companions: [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'special_tokens_map.json',
    'added_tokens.json',
    'vocab.txt',
  ],
};
