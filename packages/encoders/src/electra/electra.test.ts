import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, expect, it } from 'vitest';
import { ConfigFields } from '../checkpoint/config-fields.ts';
import { checkFamily } from '../testing/check-family.ts';
import { parseElectraConfig } from './config.ts';

beforeAll(async () => {
  await startEngine();
});

// The second has embeddings of the hidden size, which are not projected.
it.each(['electra', 'electra-unprojected'])('passes every check of families: %s', async (name) => {
  expect(await checkFamily(name)).toEqual([]);
});

it('takes the defaults of ElectraConfig, and refuses what it does not know', () => {
  // google/electra-small-discriminator's sizes.
  const sizes = { model_type: 'electra', vocab_size: 30522, hidden_size: 256, num_hidden_layers: 12, num_attention_heads: 4, intermediate_size: 1024 }; // prettier-ignore
  const parse = (change: object) =>
    parseElectraConfig(new ConfigFields({ ...sizes, ...change }, 'm/config.json'));
  const { typeVocabSize, embeddingSize, layerNormEps, hiddenAct } = parse({});
  expect([typeVocabSize, embeddingSize, layerNormEps, hiddenAct]).toEqual([2, 128, 1e-12, 'gelu']);
  expect(parse({ embedding_size: 256 }).embeddingSize).toBe(256);
  expect(() => parse({ is_decoder: true })).toThrow('"is_decoder" must be false');
  expect(() => parse({ position_embedding_type: 'relative_key' })).toThrow('"position_embedding_type" must be'); // prettier-ignore
});
