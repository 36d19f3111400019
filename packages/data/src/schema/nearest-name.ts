/** The known name nearest to an unknown one, for errors that say what was probably meant (Levenshtein, case ignored). */
import { closestMatch } from 'leven';

/**
 * @param name what was written
 * @param known the names that exist
 * @returns the known name with the fewest edits to `name`; undefined where none is known
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const byLowerCase = new Map([...known].map((k) => [k.toLowerCase(), k]));
  const nearest = closestMatch(name.toLowerCase(), [...byLowerCase.keys()]);
  return nearest === undefined ? undefined : byLowerCase.get(nearest);
}
