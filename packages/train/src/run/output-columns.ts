/** The names of the columns that a run predicts. */
import type { Competition } from '@foldwise/data';

/**
 * The targets; for multi-class and ordinal `target=class` for each class, because a class may well be named like the id column
 * (`id` is Indonesian).
 */
export function outputColumns({ manifest, classes }: Pick<Competition, 'manifest' | 'classes'>): string[] {
  const { target } = manifest.columns;
  return classes ? classes.map((name) => `${target[0]}=${name}`) : target;
}
