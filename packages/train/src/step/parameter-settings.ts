/**
 * What an optimizer does with each weight, by what the weight says of itself: no decay of biases and norms, a rate of the
 * head's own, lower rates for lower layers (Howard & Ruder 2018; Sun et al. 2019), frozen layers.
 */
import { parameterOf, variableOf, type Parameter, type tf } from '@foldwise/tensorflow';

/** `rate` times the learning rate is the weight's own; `decay` is in place of the weight decay. As `AdamW` takes them. */
export type ParameterSettings = (parameter: Parameter) => { rate?: number; decay?: number };

/** All learn alike. */
export const plainSettings: ParameterSettings = ({ decay }) => (decay ? {} : { decay: 0 });

export interface GroupRates {
  /** The rate of the encoder's last layer. */
  lr: number;
  /** Of the head and the output (default `lr`). */
  headLr?: number | undefined;
  /** The rate of each layer as a share of that of the layer above it; the embeddings' is below the first's (default 1). */
  layerDecay?: number | undefined;
}

/** @param layers of the encoder */
export function groupSettings(
  { lr, headLr = lr, layerDecay = 1 }: GroupRates,
  layers: number,
): ParameterSettings {
  return (parameter) => {
    const { group, depth = layers } = parameter;
    const rate = group === 'encoder' ? layerDecay ** (layers - depth) : headLr / lr;
    return { ...plainSettings(parameter), ...(rate !== 1 && { rate }) };
  };
}

/**
 * Takes the encoder's embeddings and its first `layers` out of training.
 *
 * @throws where the encoder has fewer layers
 */
export function freezeLayers(weights: readonly tf.LayerVariable[], layers: number): void {
  const ofEncoder = weights.flatMap((weight) => {
    const { group, depth } = parameterOf(variableOf(weight));
    return group === 'encoder' && depth !== undefined ? [{ weight, depth }] : [];
  });
  const deepest = Math.max(...ofEncoder.map(({ depth }) => depth));
  if (layers > deepest)
    throw new Error(`training.frozenLayers is ${layers}, but the encoder has ${deepest} layers.`);
  for (const { weight, depth } of ofEncoder) if (depth <= layers) weight.trainable = false;
}
