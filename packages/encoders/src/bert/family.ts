/** BERT (Devlin et al. 2019), and what was distilled into its form, such as MiniLM. */
import type { EncoderFamily } from '../family.ts';
import { parseBertConfig, type BertConfig } from './config.ts';
import { bertEncoder } from './encoder.ts';
import { bertWeights } from './weights.ts';

export const bert: EncoderFamily<BertConfig> = {
  modelTypes: ['bert'],
  parseConfig: parseBertConfig,
  build: bertEncoder,
  weights: bertWeights,
  inputs: ({ typeVocabSize }) =>
    typeVocabSize > 1 ? ['input_ids', 'attention_mask', 'token_type_ids'] : ['input_ids', 'attention_mask'],
  maxTokens: ({ maxPositionEmbeddings }) => maxPositionEmbeddings,
  companions: [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'special_tokens_map.json',
    'vocab.txt',
  ],
};
