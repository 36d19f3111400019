/** A tensor of a checkpoint by the name that transformers gives it today. */

/** What training by hand puts before all names: a class of one's own around the encoder, or `torch.nn.DataParallel`. */
const wrappers = ['', 'model.', 'module.', 'module.model.'];

/**
 * The tensor under the first of its names that is there: as it is, behind the prefix of a model for some task, within a
 * wrapper, or as old checkpoints have it, which call a norm's weight and bias gamma and beta.
 */
export function findTensor<T>(
  tensors: ReadonlyMap<string, T>,
  names: readonly string[],
  prefix: string,
): T | undefined {
  for (const name of names) {
    const old = name
      .replace('LayerNorm.weight', 'LayerNorm.gamma')
      .replace('LayerNorm.bias', 'LayerNorm.beta');
    for (const wrapper of wrappers)
      for (const candidate of [name, `${prefix}${name}`, old, `${prefix}${old}`]) {
        const tensor = tensors.get(wrapper + candidate);
        if (tensor) return tensor;
      }
  }
  return undefined;
}
