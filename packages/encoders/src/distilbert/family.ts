/** DistilBERT (Sanh et al. 2019), BERT of half as many layers. */
import type { EncoderFamily } from '../family.ts';
import type { TransformerConfig } from '../modules/transformer-config.ts';
import { parseDistilBertConfig } from './config.ts';
import { distilBertEncoder } from './encoder.ts';
import { distilBertWeights } from './weights.ts';

export const distilbert: EncoderFamily<TransformerConfig> = {
  modelTypes: ['distilbert'],
  parseConfig: parseDistilBertConfig,
  build: distilBertEncoder,
  weights: distilBertWeights,
  inputs: () => ['input_ids', 'attention_mask'],
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
