import { beforeAll, describe, expect, it } from 'vitest';
import { fastestPrecision } from './fastest-precision.ts';
import { startEngine } from './start-engine.ts';

describe('fastestPrecision', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
  });

  it('is bf16 only where the processor multiplies it', () => {
    expect(fastestPrecision(['avx', 'avx512_bf16'])).toBe('bf16');
    expect(fastestPrecision(['amx_bf16'])).toBe('bf16');
    expect(fastestPrecision(['avx', 'avx2', 'fma', 'avx512f'])).toBe('fp32');
  });
});
