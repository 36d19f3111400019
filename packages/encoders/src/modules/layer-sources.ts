/** Where the weights of a `PostNormLayer` stand in a checkpoint. */
import { linearSources, normSources, type WeightSource } from '../checkpoint/checkpoint-map.ts';

/** The names of a layer's modules in transformers, without `.weight` and `.bias`. */
export interface LayerNames {
  query: string;
  key: string;
  value: string;
  attentionOutput: string;
  attentionNorm: string;
  intermediate: string;
  output: string;
  outputNorm: string;
}

/** As BERT and its nearest relatives name them. */
const bertNames: LayerNames = {
  query: 'attention.self.query',
  key: 'attention.self.key',
  value: 'attention.self.value',
  attentionOutput: 'attention.output.dense',
  attentionNorm: 'attention.output.LayerNorm',
  intermediate: 'intermediate.dense',
  output: 'output.dense',
  outputNorm: 'output.LayerNorm',
};

interface LayerSizes {
  hiddenSize: number;
  intermediateSize: number;
}

/**
 * @param to the layer's name in the tfjs model
 * @param from what stands before the names in the checkpoint, without a dot
 */
export function layerSources(
  to: string,
  from: string,
  names: LayerNames,
  { hiddenSize, intermediateSize }: LayerSizes,
): WeightSource[] {
  const linear = (weight: string, modules: readonly string[], outputs: number, inputs: number) =>
    linearSources(`${to}/${weight}`, modules.map((name) => `${from}.${name}`), outputs, inputs); // prettier-ignore
  return [
    ...linear('qkv', [names.query, names.key, names.value], hiddenSize, hiddenSize),
    ...linear('attention_output', [names.attentionOutput], hiddenSize, hiddenSize),
    ...normSources(`${to}/attention_norm`, `${from}.${names.attentionNorm}`, hiddenSize),
    ...linear('intermediate', [names.intermediate], intermediateSize, hiddenSize),
    ...linear('output', [names.output], hiddenSize, intermediateSize),
    ...normSources(`${to}/output_norm`, `${from}.${names.outputNorm}`, hiddenSize),
  ];
}

/** Of `stackLayers`, whose layers are `<from>.0` and so on in the checkpoint. */
export function stackSources(
  from: string,
  { numHiddenLayers, ...sizes }: LayerSizes & { numHiddenLayers: number },
  names = bertNames,
): WeightSource[] {
  return Array.from({ length: numHiddenLayers }, (_, i) =>
    layerSources(`layer_${i}`, `${from}.${i}`, names, sizes),
  ).flat();
}
