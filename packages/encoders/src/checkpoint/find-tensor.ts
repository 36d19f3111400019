/** A tensor of a checkpoint by the name that transformers gives it today. */

/**
 * The tensor under its name, behind a prefix such as "bert.", or with the names of old checkpoints, which call a norm's
 * weight and bias gamma and beta.
 */
export function findTensor<T>(tensors: ReadonlyMap<string, T>, name: string): T | undefined {
  const old = name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta');
  for (const candidate of [name, `bert.${name}`, old, `bert.${old}`]) {
    const tensor = tensors.get(candidate);
    if (tensor) return tensor;
  }
  return undefined;
}
