/** Looks a method up by the name that a person wrote. */
import { closestMatch } from 'leven';
import type { BlendMethod } from './blend-method.ts';
import { methods } from './methods.ts';

/** @throws Error that lists the known methods and names the nearest */
export function findMethod(name: string): BlendMethod {
  const known: BlendMethod[] = Object.values(methods);
  const method = known.find((m) => m.name === name);
  if (method) return method;
  const names = known.map((m) => m.name);
  throw new Error(
    `there is no method "${name}"; the nearest is "${closestMatch(name.toLowerCase(), names)}"; known are ${names.join(', ')}`,
  );
}
