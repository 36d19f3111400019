import { describe, expect, it } from 'vitest';
import { ConfigFields } from '../checkpoint/config-fields.ts';
import { parseDistilBertConfig } from './config.ts';

const sizes = {
  model_type: 'distilbert',
  vocab_size: 30522,
  dim: 768,
  n_layers: 6,
  n_heads: 12,
  hidden_dim: 3072,
};
const parse = (change: object) =>
  parseDistilBertConfig(new ConfigFields({ ...sizes, ...change }, 'm/config.json'));

describe('parseDistilBertConfig', () => {
  it('takes the names and the defaults of DistilBertConfig', () => {
    expect(parse({ sinusoidal_pos_embds: true, tie_weights_: true })).toEqual({
      modelType: 'distilbert',
      vocabSize: 30522,
      hiddenSize: 768,
      numHiddenLayers: 6,
      numAttentionHeads: 12,
      intermediateSize: 3072,
      hiddenAct: 'gelu',
      hiddenDropoutProb: 0.1,
      attentionProbsDropoutProb: 0.1,
      maxPositionEmbeddings: 512,
      layerNormEps: 1e-12,
      padTokenId: 0,
    });
  });

  it.each([
    [{ dim: undefined }, '"dim" must be a whole number from 1 on; it is absent'],
    [{ hidden_size: 384 }, '"dim" is 768, but "hidden_size", its other name, is 384'],
    [{ n_heads: 7 }, '"dim" 768 is not a multiple of "n_heads" 7'],
    [{ activation: 'silu' }, '"activation" must be one of the supported gelu'],
    [{ pruned_heads: { 1: [0] } }, '"pruned_heads" must be empty'],
  ])('refuses %j', (change, message) => {
    expect(() => parse(change)).toThrow(`m/config.json: ${message}`);
  });
});
