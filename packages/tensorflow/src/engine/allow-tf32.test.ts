import { beforeAll, describe, expect, it } from 'vitest';
import { allowTf32 } from './allow-tf32.ts';
import { startEngine } from './start-engine.ts';

describe('allowTf32', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
  });

  it('is allowed by TensorFlow at first, and then what was set', () => {
    expect(allowTf32(false)).toBe(true);
    expect(allowTf32(true)).toBe(false);
    expect(allowTf32(true)).toBe(true);
  });
});
