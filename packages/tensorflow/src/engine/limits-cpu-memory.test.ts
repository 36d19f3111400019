import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { limitsCpuMemory } from './limits-cpu-memory.ts';
import { startEngine } from './start-engine.ts';

const linux = { platform: 'linux', arch: 'x64' };

describe('limitsCpuMemory', () => {
  it('is so with oneDNN on Linux', () => {
    expect(limitsCpuMemory(linux, {})).toBe(true);
    expect(limitsCpuMemory(linux, { TF_ENABLE_ONEDNN_OPTS: '1' })).toBe(true);
    expect(limitsCpuMemory(linux, { TF_ENABLE_ONEDNN_OPTS: '0' })).toBe(false);
    expect(limitsCpuMemory({ platform: 'darwin', arch: 'arm64' }, {})).toBe(false);
  });

  // TensorFlow waits ten seconds for memory before it gives up.
  it.runIf(limitsCpuMemory())('keeps TensorFlow to its bytes, and goes on after an error', async () => {
    await startEngine({ engine: 'tensorflow', device: 'cpu', memory: { limitBytes: 2 ** 28 } });
    expect(() => tf.fill([2 ** 27], 1)).toThrow(/OOM when allocating tensor with shape\[134217728\]/);
    const half = tf.fill([2 ** 25], 2);
    expect(half.slice(7, 1).dataSync()[0]).toBe(2);
  });
});
