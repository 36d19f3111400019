/** Which tensors of a BERT checkpoint each weight of the encoder comes from, and goes back to. */
import type { EncoderConfig } from '../checkpoint/encoder-config.ts';

/** A weight of the encoder: one tensor of the checkpoint, or several side by side. */
export interface WeightSource {
  /** `layer/weight` in the tfjs model. */
  weight: string;
  /** Names in the checkpoint; their columns (or elements) are put side by side. */
  tensors: string[];
  /** Shape of each of the tensors, as PyTorch stores it. */
  shape: number[];
  /** Whether PyTorch stores it as [outputs, inputs], the transpose of a kernel. */
  transposed: boolean;
}

/** Every weight of `bertEncoder(config)`, by the names of transformers' BertModel (without a prefix). */
export function bertWeights(config: EncoderConfig): WeightSource[] {
  const { hiddenSize: hidden, intermediateSize: intermediate } = config;
  const plain = (weight: string, tensor: string, shape: number[]): WeightSource => ({
    weight,
    tensors: [tensor],
    shape,
    transposed: false,
  });
  const affine = (weight: string, tensors: string[], outputs: number, inputs: number): WeightSource[] => [
    {
      weight: `${weight}_kernel`,
      tensors: tensors.map((name) => `${name}.weight`),
      shape: [outputs, inputs],
      transposed: true,
    },
    {
      weight: `${weight}_bias`,
      tensors: tensors.map((name) => `${name}.bias`),
      shape: [outputs],
      transposed: false,
    },
  ];
  const norm = (weight: string, tensor: string) => [
    plain(`${weight}_gamma`, `${tensor}.weight`, [hidden]),
    plain(`${weight}_beta`, `${tensor}.bias`, [hidden]),
  ];
  const layers = Array.from({ length: config.numHiddenLayers }, (_, i) => {
    const to = `layer_${i}`;
    const from = `encoder.layer.${i}`;
    return [
      ...affine(
        `${to}/qkv`,
        ['query', 'key', 'value'].map((part) => `${from}.attention.self.${part}`),
        hidden,
        hidden,
      ),
      ...affine(`${to}/attention_output`, [`${from}.attention.output.dense`], hidden, hidden),
      ...norm(`${to}/attention_norm`, `${from}.attention.output.LayerNorm`),
      ...affine(`${to}/intermediate`, [`${from}.intermediate.dense`], intermediate, hidden),
      ...affine(`${to}/output`, [`${from}.output.dense`], hidden, intermediate),
      ...norm(`${to}/output_norm`, `${from}.output.LayerNorm`),
    ];
  });
  return [
    plain('embeddings/word_embeddings', 'embeddings.word_embeddings.weight', [config.vocabSize, hidden]),
    plain('embeddings/position_embeddings', 'embeddings.position_embeddings.weight', [
      config.maxPositionEmbeddings,
      hidden,
    ]),
    plain('embeddings/token_type_embeddings', 'embeddings.token_type_embeddings.weight', [
      config.typeVocabSize,
      hidden,
    ]),
    ...norm('embeddings/norm', 'embeddings.LayerNorm'),
    ...layers.flat(),
  ];
}
