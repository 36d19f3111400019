/** MPNet (Song et al. 2020), the encoder of many sentence transformers. */
import type { EncoderFamily } from '../family.ts';
import { maxOffsetTokens } from '../modules/offset-positions.ts';
import { paddingId, parseMpnetConfig, type MpnetConfig } from './config.ts';
import { mpnetEncoder } from './encoder.ts';
import { mpnetWeights } from './weights.ts';

export const mpnet: EncoderFamily<MpnetConfig> = {
  modelTypes: ['mpnet'],
  parseConfig: parseMpnetConfig,
  build: mpnetEncoder,
  weights: mpnetWeights,
  inputs: () => ['input_ids', 'attention_mask'],
  maxTokens: ({ maxPositionEmbeddings }) => maxOffsetTokens(maxPositionEmbeddings, paddingId),
  companions: [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'special_tokens_map.json',
    'added_tokens.json',
    'vocab.txt',
  ],
};
