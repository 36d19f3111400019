/** What a file format of vectors is; the registry, the command and `openVectorFile` know nothing else of them. */
import type { FileHandle } from 'node:fs/promises';

export interface VectorLayout {
  /** Numbers of a vector. */
  features: number;
  /** The name of the column of ids; undefined where rows have none. */
  id: string | undefined;
}

export interface VectorWriter {
  /**
   * @param vectors row-major [rows, features]; may be overwritten once the promise is kept
   * @param ids one a row, where the layout has them
   */
  write: (vectors: Float32Array, ids: readonly string[] | undefined) => Promise<void>;
  /** Writes what can only be written at the end. */
  end: () => Promise<void>;
}

export interface VectorFormat {
  /** One line for people. */
  description: string;
  /** Whether a column of ids can stand beside the numbers. */
  takesIds: boolean;
  /** Begins a file, which is empty, and needs no more memory for more rows. */
  open: (file: FileHandle, layout: VectorLayout) => Promise<VectorWriter>;
}

/** The names of the columns of vectors, the same in every format that has names: v0, v1 and so on. */
export const featureNames = (features: number): string[] =>
  Array.from({ length: features }, (_, feature) => `v${feature}`);
