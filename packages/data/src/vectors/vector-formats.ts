/** The registry of the files that vectors are written to: a new format is one file, one test and one line here. */
import { csvVectors } from './csv-vectors.ts';
import { npyVectors } from './npy-vectors.ts';
import { parquetVectors } from './parquet-vectors.ts';
import type { VectorFormat } from './vector-format.ts';

/** By the endings of their names. */
export const vectorFormats: Readonly<Record<string, VectorFormat>> = {
  '.npy': npyVectors,
  '.parquet': parquetVectors,
  '.csv': csvVectors,
};
