/** What a weight was called in models that are saved already, so that these can be read. */
import type { tf } from '@foldwise/tensorflow';

const formerNames = new WeakMap<tf.LayerVariable, string>();

/** Notes the name that a weight had within its layer; returns the weight. */
export function wasNamed(former: string, weight: tf.LayerVariable): tf.LayerVariable {
  formerNames.set(weight, former);
  return weight;
}

/** Undefined for a weight that never had another name. */
export function formerName(weight: tf.LayerVariable): string | undefined {
  return formerNames.get(weight);
}
