/** Which of ALBERT's layers is applied when: a layer's weights serve several applications (Lan et al. 2020). */
import type { AlbertConfig } from './config.ts';

/** One layer with weights of its own. */
export interface SharedLayer {
  /** In the tfjs model. */
  name: string;
  /** In checkpoints. */
  tensor: string;
  /** Counted from 1, in their order. */
  applications: number[];
}

/** Those that are applied at all, in the order of their first application; groups are chosen as transformers does. */
export function sharedLayers({
  numHiddenLayers,
  numHiddenGroups,
  innerGroupNum,
}: AlbertConfig): SharedLayer[] {
  const layers = new Map<string, SharedLayer>();
  const rounds = numHiddenLayers / innerGroupNum;
  for (let application = 0; application < numHiddenLayers; application++) {
    const group = Math.trunc(Math.trunc(application / innerGroupNum) / (rounds / numHiddenGroups));
    const inner = application % innerGroupNum;
    const name = `group_${group}_layer_${inner}`;
    const tensor = `encoder.albert_layer_groups.${group}.albert_layers.${inner}`;
    const layer = layers.get(name) ?? { name, tensor, applications: [] };
    layer.applications.push(application + 1);
    layers.set(name, layer);
  }
  return [...layers.values()];
}
