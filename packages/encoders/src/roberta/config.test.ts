import { describe, expect, it } from 'vitest';
import { ConfigFields } from '../checkpoint/config-fields.ts';
import { parseRobertaConfig } from './config.ts';
import { roberta } from './family.ts';

const sizes = {
  model_type: 'roberta',
  vocab_size: 50265,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
};
const parse = (change: object) =>
  parseRobertaConfig(new ConfigFields({ ...sizes, ...change }, 'm/config.json'));

describe('parseRobertaConfig', () => {
  it('takes the defaults of RobertaConfig for what is absent', () => {
    expect(parse({ model_type: 'camembert' })).toEqual({
      modelType: 'camembert',
      vocabSize: 50265,
      hiddenSize: 768,
      numHiddenLayers: 12,
      numAttentionHeads: 12,
      intermediateSize: 3072,
      hiddenAct: 'gelu',
      hiddenDropoutProb: 0.1,
      attentionProbsDropoutProb: 0.1,
      maxPositionEmbeddings: 512,
      typeVocabSize: 2,
      layerNormEps: 1e-12,
      padTokenId: 1,
    });
  });

  it('bounds texts by the positions behind the padding', () => {
    // As roberta-base has it.
    expect(roberta.maxTokens(parse({ max_position_embeddings: 514 }))).toBe(512);
    expect(roberta.maxTokens(parse({ max_position_embeddings: 514, pad_token_id: 0 }))).toBe(513);
    expect(() => parse({ max_position_embeddings: 2 })).toThrow(
      'm/config.json: "max_position_embeddings" 2 leaves no position behind "pad_token_id" 1',
    );
  });

  it.each([
    [{ position_embedding_type: 'relative_key_query' }, '"position_embedding_type" must be one of the supported absolute'], // prettier-ignore
    [{ is_decoder: true }, '"is_decoder" must be false: only encoders are supported; got true'],
    [{ add_cross_attention: true }, '"add_cross_attention" must be false'],
    [{ pruned_heads: { 0: [1] } }, '"pruned_heads" must be empty: layers of fewer heads are not supported; got {"0":[1]}'], // prettier-ignore
    [{ hidden_act: 'silu' }, '"hidden_act" must be one of the supported'],
  ])('refuses %j', (change, message) => {
    expect(() => parse(change)).toThrow(`m/config.json: ${message}`);
  });
});
