/** RoBERTa (Liu et al. 2019), XLM-RoBERTa (Conneau et al. 2020) and CamemBERT (Martin et al. 2020). */
import type { EncoderFamily } from '../family.ts';
import { maxOffsetTokens } from '../modules/offset-positions.ts';
import { parseRobertaConfig, robertaTypes, type RobertaConfig } from './config.ts';
import { robertaEncoder } from './encoder.ts';
import { robertaWeights } from './weights.ts';

export const roberta: EncoderFamily<RobertaConfig> = {
  modelTypes: robertaTypes,
  parseConfig: parseRobertaConfig,
  build: robertaEncoder,
  weights: robertaWeights,
  inputs: ({ typeVocabSize }) =>
    typeVocabSize > 1 ? ['input_ids', 'attention_mask', 'token_type_ids'] : ['input_ids', 'attention_mask'],
  maxTokens: ({ maxPositionEmbeddings, padTokenId }) => maxOffsetTokens(maxPositionEmbeddings, padTokenId),
  companions: [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'special_tokens_map.json',
    'added_tokens.json',
    'vocab.json',
    'merges.txt',
    'sentencepiece.bpe.model',
  ],
};
