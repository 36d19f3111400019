import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConfigFields } from '../checkpoint/config-fields.ts';
import { checkFamily } from '../testing/check-family.ts';
import { parseMpnetConfig } from './config.ts';
import { mpnet } from './family.ts';
import { bucketOf } from './relative-positions.ts';

beforeAll(async () => {
  await startEngine();
});

it('passes every check of families', async () => {
  expect(await checkFamily('mpnet')).toEqual([]);
});

it('puts distances into the buckets of transformers', () => {
  // Where MPNetEncoder.relative_position_bucket goes on to the next bucket, up to 600 tokens away.
  const borders = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91];
  for (let far = 0; far <= 600; far++) {
    const bucket = borders.findLastIndex((border) => border <= far);
    expect(bucketOf(-far), `${far} before`).toBe(bucket);
    if (far > 0) expect(bucketOf(far), `${far} behind`).toBe(16 + bucket);
  }
});

describe('parseMpnetConfig', () => {
  // microsoft/mpnet-base's sizes.
  const sizes = { model_type: 'mpnet', vocab_size: 30527, hidden_size: 768, num_hidden_layers: 12, num_attention_heads: 12, intermediate_size: 3072 }; // prettier-ignore
  const parse = (change: object) =>
    parseMpnetConfig(new ConfigFields({ ...sizes, ...change }, 'm/config.json'));

  it('takes the defaults of MPNetConfig for what is absent', () => {
    expect(parse({})).toEqual({
      modelType: 'mpnet',
      vocabSize: 30527,
      hiddenSize: 768,
      numHiddenLayers: 12,
      numAttentionHeads: 12,
      intermediateSize: 3072,
      hiddenAct: 'gelu',
      hiddenDropoutProb: 0.1,
      attentionProbsDropoutProb: 0.1,
      maxPositionEmbeddings: 512,
      layerNormEps: 1e-12,
      padTokenId: 1,
      relativeAttentionNumBuckets: 32,
    });
    // Positions start behind 1 whatever pads.
    expect(mpnet.maxTokens(parse({ max_position_embeddings: 514, pad_token_id: 0 }))).toBe(512);
  });

  it.each([
    [{ relative_attention_num_buckets: 16 }, '"relative_attention_num_buckets" must be a whole number from 32 on; got 16'], // prettier-ignore
    [
      { max_position_embeddings: 2 },
      '"max_position_embeddings" 2 leaves no position behind the padding\'s, 1',
    ],
    [{ is_decoder: true }, '"is_decoder" must be false: only encoders are supported; got true'],
  ])('refuses %j', (change, message) => {
    expect(() => parse(change)).toThrow(`m/config.json: ${message}`);
  });
});
