import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { memoryStats } from '../memory/memory-stats.ts';
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
});

// TensorFlow waits ten seconds for memory before it gives up.
describe.runIf(limitsCpuMemory())('memory.limitBytes on the CPU', () => {
  const limitBytes = 2 ** 28;
  const outOfMemory = /OOM when allocating tensor/;

  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow', device: 'cpu', memory: { limitBytes } });
  });

  it('holds for all tensors together, and TensorFlow goes on after an error', () => {
    const tensors: tf.Tensor[] = [];
    const megabyte = [2 ** 18];
    expect(() => {
      for (;;) tensors.push(tf.fill(megabyte, 1));
    }).toThrow(outOfMemory);
    // The allocator rounds, and never takes more.
    expect(tensors.length).toBeLessThanOrEqual(256);
    expect(tensors.length).toBeGreaterThan(200);
    tf.dispose(tensors);
    const half = tf.fill([2 ** 25], 2);
    expect(half.slice(7, 1).dataSync()[0]).toBe(2);
    half.dispose();
  });

  it('holds for values from JavaScript', () => {
    const values = tf.tensor1d(new Float32Array(2 ** 27));
    expect(() => values.square()).toThrow(
      'TensorFlow has no memory for a float32 tensor of shape [134217728], which takes 536870912 bytes.',
    );
    values.dispose();
  });

  it('holds for what a compiled function needs while it runs', () => {
    const sum = compile((x: tf.Tensor) =>
      x
        .tile([1, 2 ** 10])
        .square()
        .sum(),
    );
    expect(() => sum(tf.ones([2 ** 17, 1]))).toThrow(outOfMemory);
    expect(sum(tf.ones([2 ** 10, 1])).dataSync()[0]).toBe(2 ** 20);
  });

  it('does not count buffers of less than 256 KiB', () => {
    const small = Array.from({ length: 1100 }, () => tf.fill([2 ** 16 - 1], 1));
    expect(memoryStats().devices[0]!.bytesInUse).toBeGreaterThan(limitBytes);
    tf.dispose(small);
  });
});
