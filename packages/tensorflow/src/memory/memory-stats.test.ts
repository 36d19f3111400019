import koffi from 'koffi';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { memoryStats, resetPeakMemory } from './memory-stats.ts';

beforeAll(async () => {
  expect(memoryStats().devices).toEqual([]);
  await startEngine({ engine: 'tensorflow', device: 'cpu' });
});

const cpu = () => memoryStats().devices[0]!;
const binding = () => nativeBackend()!.binding;

describe('memoryStats: devices', () => {
  it('counts the bytes of tensors, and the most of them', () => {
    expect(memoryStats().devices.map(({ device }) => device)).toEqual([
      '/job:localhost/replica:0/task:0/device:CPU:0',
    ]);
    const before = cpu().bytesInUse;
    const x = tf.ones([1000]); // TensorFlow gets the values at their first use.
    expect(cpu().bytesInUse).toBe(before);
    const y = x.add(x);
    const flags = y.greater(x);
    expect(cpu().bytesInUse).toBe(before + 4000 + 4000 + 1000);
    tf.dispose([x, y]);
    const after = { bytesInUse: before + 1000, peakBytes: before + 9000 };
    expect(cpu()).toMatchObject(after);
    resetPeakMemory();
    expect(cpu()).toMatchObject({ bytesInUse: before + 1000, peakBytes: before + 1000 });
    flags.dispose();
    expect(cpu()).toMatchObject({ bytesInUse: before, peakBytes: before + 1000 });
  });

  it('counts strings, variables that compiled functions update, and nothing of a trace', () => {
    const text = binding().createTensor([2], binding().TF_STRING, [Uint8Array.of(65), Uint8Array.of(66)]);
    const before = cpu().bytesInUse;
    binding().deleteTensor(text);
    expect(cpu().bytesInUse).toBe(before - 48);
    const v = tf.tidy(() => tf.variable(tf.range(0, 100).add(1)));
    expect(cpu().bytesInUse).toBe(before - 48 + 400);
    const step = compile(() => {
      v.assign(v.mul(2));
      return v.sum();
    });
    resetPeakMemory();
    step().dispose();
    expect(cpu()).toMatchObject({ bytesInUse: before - 48 + 400, peakBytes: before - 48 + 400 + 4 });
    step.dispose();
    v.dispose();
    expect(cpu().bytesInUse).toBe(before - 48);
  });
});

describe('memoryStats: the process', () => {
  const size = 2 ** 28;

  it('holds what TensorFlow holds', () => {
    const before = memoryStats().process.bytesInUse;
    const id = binding().createTensor([size / 4], binding().TF_FLOAT, new Float32Array(size / 4).fill(1));
    const { bytesInUse, peakBytes } = memoryStats().process;
    expect(bytesInUse - before).toBeGreaterThan(size * 0.9);
    expect(peakBytes).toBeGreaterThanOrEqual(bytesInUse);
    binding().deleteTensor(id);
  });

  // TensorFlow keeps what it once had, so memory of the C library shows it.
  it.runIf(process.platform === 'linux')('forgets a peak that is over', () => {
    const c = koffi.load(null);
    const block = c.func('malloc', 'void *', ['size_t'])(size) as bigint;
    c.func('memset', 'void *', ['void *', 'int', 'size_t'])(block, 1, size);
    c.func('free', 'void', ['void *'])(block);
    const { peakBytes, bytesInUse } = memoryStats().process;
    expect(peakBytes - bytesInUse).toBeGreaterThan(size * 0.9);
    expect(resetPeakMemory()).toBe(true);
    const now = memoryStats().process;
    expect(now.peakBytes).toBeLessThan(peakBytes - size * 0.9);
    expect(now.peakBytes).toBeGreaterThanOrEqual(now.bytesInUse);
  });
});
