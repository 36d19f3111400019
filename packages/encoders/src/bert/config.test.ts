import { describe, expect, it } from 'vitest';
import { ConfigFields } from '../checkpoint/config-fields.ts';
import { parseBertConfig } from './config.ts';

const sizes = {
  model_type: 'bert',
  vocab_size: 30522,
  hidden_size: 384,
  num_hidden_layers: 6,
  num_attention_heads: 12,
  intermediate_size: 1536,
};
const parse = (change: object) => parseBertConfig(new ConfigFields({ ...sizes, ...change }, 'm/config.json'));

describe('parseBertConfig', () => {
  it('takes the defaults of BertConfig for what is absent or null', () => {
    expect(parse({ hidden_act: null })).toEqual({
      modelType: 'bert',
      vocabSize: 30522,
      hiddenSize: 384,
      numHiddenLayers: 6,
      numAttentionHeads: 12,
      intermediateSize: 1536,
      hiddenAct: 'gelu',
      hiddenDropoutProb: 0.1,
      attentionProbsDropoutProb: 0.1,
      maxPositionEmbeddings: 512,
      typeVocabSize: 2,
      layerNormEps: 1e-12,
      padTokenId: 0,
    });
  });

  it('names file, field, what is supported and what came', () => {
    expect(() => parse({ hidden_act: 'silu' })).toThrow(
      'm/config.json: "hidden_act" must be one of the supported gelu, gelu_new, gelu_pytorch_tanh, relu; got "silu"',
    );
    expect(() => parse({ hidden_size: undefined })).toThrow(
      'm/config.json: "hidden_size" must be a whole number from 1 on; it is absent',
    );
    expect(() => parse({ hidden_dropout_prob: 1 })).toThrow(
      /"hidden_dropout_prob" must be a number from 0 to below 1/,
    );
    expect(() => parse({ position_embedding_type: 'relative_key' })).toThrow(/"position_embedding_type"/);
    expect(() => parse({ is_decoder: true })).toThrow(/only encoders are supported/);
    expect(() => parse({ num_attention_heads: 7 })).toThrow(
      'm/config.json: "hidden_size" 384 is not a multiple of "num_attention_heads" 7',
    );
  });
});
