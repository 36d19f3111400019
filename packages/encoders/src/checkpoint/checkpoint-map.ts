/** Where the weights of an encoder stand in the checkpoints of its family, by the names of Python's transformers. */

/** A weight of the encoder: one tensor of the checkpoint, or several side by side. */
export interface WeightSource {
  /**
   * `layer/weight` in the tfjs model. A tensor that several layers of the checkpoint share is a weight of one layer that is
   * applied several times.
   */
  weight: string;
  /** Names in the checkpoint, without a prefix; their columns (or elements) are put side by side. */
  tensors: readonly string[];
  /**
   * Other names of a weight's only tensor, for one that is tied to others: a checkpoint may have it under any of them. It
   * is written by its own name.
   */
  tied?: readonly string[] | undefined;
  /** Shape of each of the tensors, as PyTorch stores it. */
  shape: readonly number[];
  /** Whether PyTorch stores it with its axes the other way round, as kernels: [outputs, inputs]. */
  transposed: boolean;
}

export interface CheckpointMap {
  /** What stands before all names where the encoder was saved within a model for some task, such as "bert.". */
  prefix: string;
  /** One for each weight of the model. */
  weights: readonly WeightSource[];
  /** The affine map of the tanh pooler of the first token, where the family's models have one, such as "pooler.dense". */
  pooler?: string | undefined;
}

/** A table, say, that is stored as we hold it. */
export function tensorSource(
  weight: string,
  tensor: string,
  shape: readonly number[],
  tied?: readonly string[],
): WeightSource {
  return { weight, tensors: [tensor], tied, shape, transposed: false };
}

/** Kernel and bias of a `Linear`, of one or several of PyTorch's side by side, each [outputs, inputs]. */
export function linearSources(
  weight: string,
  tensors: readonly string[],
  outputs: number,
  inputs: number,
): [kernel: WeightSource, bias: WeightSource] {
  const named = (part: string) => tensors.map((name) => `${name}.${part}`);
  return [
    { weight: `${weight}_kernel`, tensors: named('weight'), shape: [outputs, inputs], transposed: true },
    { weight: `${weight}_bias`, tensors: named('bias'), shape: [outputs], transposed: false },
  ];
}

/** The two vectors of a `Norm`. */
export function normSources(weight: string, tensor: string, size: number): WeightSource[] {
  return [
    tensorSource(`${weight}_gamma`, `${tensor}.weight`, [size]),
    tensorSource(`${weight}_beta`, `${tensor}.bias`, [size]),
  ];
}
