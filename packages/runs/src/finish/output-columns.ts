/** The names of the columns that a run predicts. */
import type { Competition } from '@foldwise/data';

/**
 * The targets, each of which may hold a class; for multi-class and ordinal `target=class` for each class, because a class may well be named like the id column
 * (`id` is Indonesian).
 */
export function outputColumns({ manifest, classes }: Pick<Competition, 'manifest' | 'classes'>): string[] {
  const { target } = manifest.columns;
  if (target.length > 1) return target;
  return classes ? classes.map((name) => `${target[0]}=${name}`) : target;
}
