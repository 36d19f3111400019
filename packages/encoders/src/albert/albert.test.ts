import { startEngine } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConfigFields } from '../checkpoint/config-fields.ts';
import { checkFamily } from '../testing/check-family.ts';
import { parseAlbertConfig } from './config.ts';
import { sharedLayers } from './shared-layers.ts';

beforeAll(async () => {
  await startEngine();
});

// albert-base-v2's sizes.
const sizes = {
  model_type: 'albert',
  vocab_size: 30000,
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
};
const parse = (change: object) =>
  parseAlbertConfig(new ConfigFields({ ...sizes, ...change }, 'm/config.json'));

// The second has three rounds over two groups of two layers.
it.each(['albert', 'albert-groups'])('passes every check of families: %s', async (name) => {
  expect(await checkFamily(name)).toEqual([]);
});

describe('parseAlbertConfig', () => {
  it('takes the defaults of AlbertConfig for what is absent', () => {
    expect(parse({})).toEqual({
      modelType: 'albert',
      vocabSize: 30000,
      hiddenSize: 768,
      numHiddenLayers: 12,
      numAttentionHeads: 12,
      intermediateSize: 3072,
      hiddenAct: 'gelu_new',
      hiddenDropoutProb: 0,
      attentionProbsDropoutProb: 0,
      maxPositionEmbeddings: 512,
      typeVocabSize: 2,
      layerNormEps: 1e-12,
      padTokenId: 0,
      embeddingSize: 128,
      numHiddenGroups: 1,
      innerGroupNum: 1,
    });
  });

  it.each([
    [{ inner_group_num: 0 }, '"inner_group_num" must be a whole number from 1 on; got 0'],
    [{ num_hidden_groups: 1.5 }, '"num_hidden_groups" must be a whole number from 1 on; got 1.5'],
    [{ position_embedding_type: 'relative_key' }, '"position_embedding_type" must be one of the supported absolute'], // prettier-ignore
  ])('refuses %j', (change, message) => {
    expect(() => parse(change)).toThrow(`m/config.json: ${message}`);
  });
});

describe('sharedLayers', () => {
  const applications = (change: object) =>
    Object.fromEntries(sharedLayers(parse(change)).map(({ name, applications }) => [name, applications]));

  it('applies one layer at all depths, as every ALBERT that was published', () => {
    expect(sharedLayers(parse({ num_hidden_layers: 3 }))).toEqual([
      {
        name: 'group_0_layer_0',
        tensor: 'encoder.albert_layer_groups.0.albert_layers.0',
        applications: [1, 2, 3],
      },
    ]);
  });

  it('goes from group to group, and through the layers of each', () => {
    // int(i / (3 / 2)) of 0, 1, 2 is 0, 0, 1.
    expect(applications({ num_hidden_layers: 3, num_hidden_groups: 2, inner_group_num: 2 })).toEqual({
      group_0_layer_0: [1, 3],
      group_0_layer_1: [2, 4],
      group_1_layer_0: [5],
      group_1_layer_1: [6],
    });
  });

  it('leaves out groups that are never applied', () => {
    // int(i / (2 / 6)) of 0 and 1 is 0 and 3.
    expect(applications({ num_hidden_layers: 2, num_hidden_groups: 6 })).toEqual({
      group_0_layer_0: [1],
      group_3_layer_0: [2],
    });
  });
});
