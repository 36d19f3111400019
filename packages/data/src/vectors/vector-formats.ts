/** The registry of the files that vectors are written to: a new format is one file, one test and one line here. */
import { extname } from 'node:path';
import type { VectorFormat } from './vector-format.ts';
import { csvVectors } from './csv-vectors.ts';
import { npyVectors } from './npy-vectors.ts';
import { parquetVectors } from './parquet-vectors.ts';

/** By the endings of their names. */
const vectorFormats: Readonly<Record<string, VectorFormat>> = {
  '.npy': npyVectors,
  '.parquet': parquetVectors,
  '.csv': csvVectors,
};

/**
 * Finds a format by the ending of a file's name.
 *
 * @param id the column of ids that is wanted, if one is
 * @throws Error for an unknown ending, with the known ones, and for ids where the format takes none
 */
export function findVectorFormat(path: string, id?: string): VectorFormat {
  const ending = extname(path).toLowerCase();
  const format = Object.hasOwn(vectorFormats, ending) ? vectorFormats[ending] : undefined;
  if (!format) {
    const known = Object.entries(vectorFormats).map(([name, { description }]) => `${name} (${description})`);
    const got = ending === '' ? 'has no ending' : `ends in ${ending}`;
    throw new Error(`${path}: the name ${got}; expected one of ${known.join(', ')}`);
  }
  if (id !== undefined && !format.takesIds)
    throw new Error(
      `${path}: ${ending} holds numbers only, in the order of the rows; leave the ids out, or write ${Object.entries(
        vectorFormats,
      )
        .filter(([, { takesIds }]) => takesIds)
        .map(([name]) => name)
        .join(' or ')}`,
    );
  return format;
}
