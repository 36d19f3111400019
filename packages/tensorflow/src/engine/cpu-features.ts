/** The instructions of this processor that matter to matrix products. */
import { readFileSync } from 'node:fs';

const known = [
  ...['avx', 'avx2', 'fma', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'avx512_fp16', 'amx_tile', 'amx_bf16'],
  ...['asimd', 'asimdhp', 'bf16', 'i8mm', 'sve', 'sve2'],
];

/** Their Linux names, in an order of age; undefined on other systems, which do not tell. */
export function cpuFeatures(file = '/proc/cpuinfo'): string[] | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const line = /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1];
  if (line === undefined) return undefined;
  const present = new Set(line.trim().split(/\s+/));
  return known.filter((feature) => present.has(feature));
}
