import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { libraryFileNames } from '../library/library-files.ts';
import { tf } from '../tf.ts';
import { startEngine } from './start-engine.ts';

const empty = mkdtempSync(join(tmpdir(), 'engine-'));
afterAll(() => rmSync(empty, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** Neither a TensorFlow nor a Python that could bring one. */
function hideTensorflow() {
  for (const name of ['FOLDWISE_TENSORFLOW', 'FOLDWISE_ENGINE', 'VIRTUAL_ENV', 'CONDA_PREFIX'])
    vi.stubEnv(name, '');
  vi.stubEnv('PATH', empty);
  vi.stubEnv('FOLDWISE_CACHE', join(empty, 'cache'));
}

// In this order: what starts last, stays.
describe('startEngine', () => {
  it('throws where TensorFlow is asked for and cannot be had', async () => {
    hideTensorflow();
    await expect(startEngine({ engine: 'tensorflow' })).rejects.toThrow(/pip/);
  });

  it('does not replace the library that was asked for', async () => {
    hideTensorflow();
    vi.stubEnv('FOLDWISE_TENSORFLOW', empty);
    await expect(startEngine()).rejects.toThrow(`FOLDWISE_TENSORFLOW is ${empty}, but`);
  });

  it('says what to do where the library does not load', async () => {
    hideTensorflow();
    const { cc, framework } = libraryFileNames();
    for (const file of [cc, framework]) writeFileSync(join(empty, file), 'no library');
    vi.stubEnv('FOLDWISE_TENSORFLOW', empty);
    await expect(startEngine()).rejects.toThrow(
      /^TensorFlow in .* does not load: .* Set FOLDWISE_TENSORFLOW to the folder of another TensorFlow, or leave it out\.$/s,
    );
  });

  it('refuses a number of threads that is none', async () => {
    await expect(startEngine({ threads: 0 })).rejects.toThrow(
      'threads is 0; expected a whole number of at least 1.',
    );
  });

  it('refuses other settings that are none', async () => {
    await expect(startEngine({ interOpThreads: 1.5 })).rejects.toThrow(
      'interOpThreads is 1.5; expected a whole number of at least 1.',
    );
    await expect(startEngine({ memory: { limitBytes: 512 } })).rejects.toThrow(
      'memory.limitBytes is 512; expected a whole number of at least 1048576.',
    );
    vi.stubEnv('FOLDWISE_DEVICE', 'tpu');
    await expect(startEngine()).rejects.toThrow('FOLDWISE_DEVICE is "tpu"; expected');
  });

  it('does not put the portable engine in the place of a GPU', async () => {
    hideTensorflow();
    await expect(startEngine({ device: 'gpu:1' })).rejects.toThrow(/pip/);
    await expect(startEngine({ memory: { limitBytes: 2 ** 30 } })).rejects.toThrow(/pip/);
    await expect(startEngine({ engine: 'wasm', device: 'gpu' })).rejects.toThrow(
      'The device "gpu" needs TensorFlow; the portable engine knows the CPU only. The engine "wasm" was asked for.',
    );
  });

  it('takes the portable engine where TensorFlow cannot be had, and says why', async () => {
    hideTensorflow();
    const engine = await startEngine();
    expect(engine).toMatchObject({
      name: 'wasm',
      threads: 1,
      reason: expect.stringMatching(/pip/) as unknown,
    });
    expect(tf.getBackend()).toBe('wasm');
    await expect(startEngine({ engine: 'tensorflow' })).rejects.toThrow(
      'engine is "tensorflow", but the engine already runs with "wasm".',
    );
  });
});
