import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { memoryStats } from './memory-stats.ts';
import { tf } from '../tf.ts';
import { nativeZeros } from './native-zeros.ts';

describe('nativeZeros', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
  });

  it.each([[[0]], [[1]], [[7, 3]], [[16_384]], [[5, 100_001]]])(
    'of shape %j are zeros where others were',
    (shape) => {
      // Memory that held something else before: TensorFlow takes what was freed last.
      for (let i = 0; i < 3; i++) tf.tidy(() => tf.fill(shape, 7).dataSync());
      const zeros = nativeZeros(shape);
      expect([zeros.shape, zeros.dtype]).toEqual([shape, 'float32']);
      const values = zeros.dataSync();
      expect(values).toHaveLength(tf.util.sizeFromShape(shape));
      expect(values.every((value) => value === 0)).toBe(true);
      zeros.dispose();
    },
  );

  it.runIf(process.platform === 'linux')('take memory only where something is written', () => {
    const before = memoryStats().process.bytesInUse;
    const zeros = nativeZeros([1 << 26]); // 256 MiB
    expect(memoryStats().process.bytesInUse - before).toBeLessThan(1 << 26);
    zeros.dispose();
  });
});
