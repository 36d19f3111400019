/** Looks a head up by its name. */
import leven from 'leven';
import { heads, type Head } from './heads.ts';

/** @throws for an unknown name; the message lists the known ones and the nearest. */
export function findHead(name: string): Head {
  const head = Object.hasOwn(heads, name) ? heads[name] : undefined;
  if (head) return head;
  const names = Object.keys(heads);
  const [nearest] = [...names].sort((a, b) => leven(name, a) - leven(name, b));
  throw new Error(`Unknown head "${name}". Did you mean "${nearest}"? Known heads: ${names.join(', ')}.`);
}
