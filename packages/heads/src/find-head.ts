/** Looks a head up by its spec: a name, or a name and an argument behind a colon. */
import leven from 'leven';
import type { Head } from './head.ts';
import { heads } from './heads.ts';

/** @throws for an unknown name (the message lists the known ones and the nearest) or an argument that does not fit. */
export function findHead(spec: string): Head {
  const [, name, argument] = /^([^:]*)(?::(.*))?$/s.exec(spec)!;
  const kind = Object.hasOwn(heads, name!) ? heads[name!] : undefined;
  if (kind) return { spec, apply: kind.create(argument, findHead) };
  const names = Object.keys(heads);
  const [nearest] = [...names].sort((a, b) => leven(name!, a) - leven(name!, b));
  throw new Error(`Unknown head "${name}". Did you mean "${nearest}"? Known heads: ${names.join(', ')}.`);
}
