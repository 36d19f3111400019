import { afterEach, describe, expect, it, vi } from 'vitest';
import { tf } from '../tf.ts';
import { startEngine } from './start-engine.ts';

afterEach(() => vi.unstubAllEnvs());

// In this order: the first that starts, stays.
describe('startEngine: devices', () => {
  it('says which devices there are where the one that was asked for is missing', async () => {
    await expect(startEngine({ device: 'gpu:99' })).rejects.toThrow(
      /^There is no device "gpu:99" here; TensorFlow finds cpu(, gpu:\d+)*\.$/,
    );
  });

  it('does not pretend to limit the memory of the CPU where it cannot', async () => {
    vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
    await expect(startEngine({ device: 'cpu', memory: { limitBytes: 2 ** 40 } })).rejects.toThrow(
      'memory.limitBytes is set, but TensorFlow runs on the CPU here, and knows a limit there only with oneDNN',
    );
  });

  it('runs on the CPU alone, with the threads that were asked for', async () => {
    const engine = await startEngine({
      engine: 'tensorflow',
      device: 'cpu',
      threads: 2,
      interOpThreads: 2,
      memory: { growth: true },
    });
    expect(engine).toMatchObject({ name: 'tensorflow', threads: 2, interOpThreads: 2 });
    expect('devices' in engine && engine.devices).toEqual([
      { name: '/job:localhost/replica:0/task:0/device:CPU:0', type: 'CPU', memoryBytes: undefined },
    ]);
    expect(Array.from(tf.tensor1d([1, 2]).square().dataSync())).toEqual([1, 4]);
  });
});
