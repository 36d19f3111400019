/** For tests: what SciPy gives, as `fixtures/make_reference.py` wrote it. */
import { readFileSync } from 'node:fs';

interface Reference {
  students: { t: number; degrees: number; p: number }[];
  criticals: { alpha: number; degrees: number; t: number }[];
  tests: (Record<'a' | 'b', number[]> & Record<'ratio' | 'difference' | 'error' | 't' | 'p', number>)[];
}

export const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/reference.json', import.meta.url), 'utf8'),
) as Reference;
