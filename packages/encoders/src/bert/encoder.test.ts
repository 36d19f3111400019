import { join } from 'node:path';
import { parameterOf, startEngine, tf, variableOf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEncoderConfig } from '../read-encoder-config.ts';
import { checkFamily } from '../testing/check-family.ts';

const tiny = join(import.meta.dirname, '../../fixtures/tiny-bert');

async function build(types = false): Promise<tf.LayersModel> {
  const { family, config } = await readEncoderConfig(tiny);
  return family.build(config, { types });
}

beforeAll(async () => {
  await startEngine();
});

describe('bertEncoder', () => {
  it('passes every check of families', async () => {
    expect(await checkFamily('bert')).toEqual([]);
  });

  it('lets kernels and tables decay, and neither biases nor norms', async () => {
    const undecayed = (await build()).weights
      .filter((weight) => !parameterOf(variableOf(weight)).decay)
      .map(({ originalName }) => originalName);
    const ofLayer = (layer: string) => [
      `${layer}/qkv_bias`,
      `${layer}/attention_output_bias`,
      `${layer}/attention_norm_gamma`,
      `${layer}/attention_norm_beta`,
      `${layer}/intermediate_bias`,
      `${layer}/output_bias`,
      `${layer}/output_norm_gamma`,
      `${layer}/output_norm_beta`,
    ];
    expect(undecayed).toEqual([
      'embeddings/norm_gamma',
      'embeddings/norm_beta',
      ...ofLayer('layer_0'),
      ...ofLayer('layer_1'),
    ]);
  });

  it('says how deep each weight stands, also of a model that is built from its configuration', async () => {
    const model = await build();
    const copy = await tf.models.modelFromJSON({ modelTopology: model.toJSON(undefined, false) as never });
    for (const { layers } of [model, copy]) {
      const depths = layers.flatMap(({ name, weights }) =>
        weights.map((weight) => ({ name, ...parameterOf(variableOf(weight)) })),
      );
      expect(depths).toHaveLength(5 + 2 * 12);
      for (const { name, group, depth } of depths)
        expect([name, group, depth]).toEqual([
          name,
          'encoder',
          { embeddings: 0, layer_0: 1, layer_1: 2 }[name],
        ]);
    }
  });

  it('takes token types where it is told to', async () => {
    expect((await build()).inputNames).toEqual(['input_ids', 'attention_mask']);
    expect((await build(true)).inputNames).toEqual(['input_ids', 'attention_mask', 'token_type_ids']);
  });

  it('refuses heads that do not divide the features', async () => {
    const { family, config } = await readEncoderConfig(tiny);
    expect(() => family.build({ ...config, hiddenSize: 33 })).toThrow(
      'SelfAttention: 4 heads do not divide a hidden size of 33.',
    );
  });
});
