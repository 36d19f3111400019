/** The tensors of a checkpoint, whatever the form of its files. */

export interface WeightEntry {
  name: string;
  /** Named in errors. */
  file: string;
  /** As safetensors calls it. */
  dtype: string;
  shape: readonly number[];
  /**
   * Writes the elements of a tensor of floats into `values`, row-major, which has as many as the shape says; those of F32
   * go there right away where the file has them in that order.
   *
   * @throws if they cannot be read, or are no floats; the message names file and tensor
   */
  readInto: (values: Float32Array<ArrayBuffer>) => Promise<void>;
}

/** By name. The file is open as long as they are used. */
export type OpenWeights = ReadonlyMap<string, WeightEntry>;
