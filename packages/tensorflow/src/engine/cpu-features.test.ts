import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cpuFeatures } from './cpu-features.ts';

function featuresOf(cpuinfo: string): string[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'cpu-'));
  const file = join(folder, 'cpuinfo');
  writeFileSync(file, cpuinfo);
  const features = cpuFeatures(file);
  rmSync(folder, { recursive: true });
  return features;
}

describe('cpuFeatures', () => {
  it('picks those of x86', () => {
    const cpuinfo =
      'processor\t: 0\nflags\t\t: fpu sse2 avx512_bf16 avx fma avx2 avx512f\nbugs\t\t: spectre_v1\n';
    expect(featuresOf(cpuinfo)).toEqual(['avx', 'avx2', 'fma', 'avx512f', 'avx512_bf16']);
  });

  it('picks those of ARM', () => {
    expect(featuresOf('processor\t: 0\nFeatures\t: fp asimd evtstrm bf16 sve\n')).toEqual([
      'asimd',
      'bf16',
      'sve',
    ]);
  });

  it('knows nothing without such a file', () => {
    expect(featuresOf('processor : 0\n')).toBeUndefined();
    expect(cpuFeatures('/no/such/file')).toBeUndefined();
  });
});
