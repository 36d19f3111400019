/** What figures were measured on, for those who read them elsewhere. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Cores, processor, its instructions for products, Node, and the day, in a line. */
export function machine(): string {
  const cores = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return [
    `${cores.length} × ${cores[0]!.model.trim()} (${instructions()})`,
    `Node ${process.versions.node}`,
    day,
  ].join(', ');
}

function instructions(): string {
  try {
    const flags = new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' '));
    const known = ['avx2', 'avx512f', 'avx512_bf16', 'amx_bf16'].filter((flag) => flags.has(flag));
    return known.join(', ') || 'none of AVX';
  } catch {
    return process.arch;
  }
}
