/** Which tensors of a BERT checkpoint each weight of the encoder comes from, and goes back to. */
import {
  linearSources,
  normSources,
  tensorSource,
  type CheckpointMap,
  type WeightSource,
} from '../checkpoint/checkpoint-map.ts';
import type { BertConfig } from './config.ts';

/** Every weight of `bertEncoder(config)`, by the names of transformers' BertModel. */
export function bertWeights(config: BertConfig): CheckpointMap {
  const { hiddenSize: hidden, vocabSize, maxPositionEmbeddings, typeVocabSize } = config;
  const table = (name: string, rows: number, tied?: string[]) =>
    tensorSource(`embeddings/${name}`, `embeddings.${name}.weight`, [rows, hidden], tied);
  return {
    prefix: 'bert.',
    pooler: 'pooler.dense',
    weights: [
      // The masked-language model's output is tied to the words, and a file without duplicates has one of both.
      table('word_embeddings', vocabSize, ['cls.predictions.decoder.weight']),
      table('position_embeddings', maxPositionEmbeddings),
      table('token_type_embeddings', typeVocabSize),
      ...normSources('embeddings/norm', 'embeddings.LayerNorm', hidden),
      ...Array.from({ length: config.numHiddenLayers }, (_, i) => layerWeights(config, i)).flat(),
    ],
  };
}

function layerWeights({ hiddenSize, intermediateSize }: BertConfig, i: number): WeightSource[] {
  const to = `layer_${i}`;
  const from = `encoder.layer.${i}`;
  const projections = ['query', 'key', 'value'].map((part) => `${from}.attention.self.${part}`);
  return [
    ...linearSources(`${to}/qkv`, projections, hiddenSize, hiddenSize),
    ...linearSources(`${to}/attention_output`, [`${from}.attention.output.dense`], hiddenSize, hiddenSize),
    ...normSources(`${to}/attention_norm`, `${from}.attention.output.LayerNorm`, hiddenSize),
    ...linearSources(`${to}/intermediate`, [`${from}.intermediate.dense`], intermediateSize, hiddenSize),
    ...linearSources(`${to}/output`, [`${from}.output.dense`], hiddenSize, intermediateSize),
    ...normSources(`${to}/output_norm`, `${from}.output.LayerNorm`, hiddenSize),
  ];
}
