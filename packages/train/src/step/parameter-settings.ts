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

/** Takes the encoder's embeddings and its first `layers` out of training. */
export function freezeLayers(weights: readonly tf.LayerVariable[], layers: number): void {
  for (const weight of weights) {
    const { group, depth } = parameterOf(variableOf(weight));
    if (group === 'encoder' && depth !== undefined && depth <= layers) weight.trainable = false;
  }
}
