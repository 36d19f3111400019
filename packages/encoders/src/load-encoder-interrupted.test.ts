/** A checkpoint that cannot be read to its end. */
import { fileURLToPath } from 'node:url';
import { startEngine, tf } from '@foldwise/tensorflow';
import { expect, it, vi } from 'vitest';
import { readExactly } from './checkpoint/read-exactly.ts';
import { loadEncoder } from './load-encoder.ts';

vi.mock(import('./checkpoint/read-exactly.ts'), { spy: true });

it('leaves no tensors where a later part of the file cannot be read', async () => {
  await startEngine();
  const tiny = fileURLToPath(new URL('../fixtures/tiny-bert', import.meta.url));
  (await loadEncoder(tiny)).model.dispose();
  const reads = vi.mocked(readExactly).mock.calls.length;
  const before = tf.memory().numTensors;
  vi.mocked(readExactly).mockClear();
  vi.mocked(readExactly).mockImplementation(async (handle, _file, position, bytes) => {
    if (vi.mocked(readExactly).mock.calls.length === reads) throw new Error('EIO');
    await handle.read(bytes, 0, bytes.length, position);
  });
  await expect(loadEncoder(tiny)).rejects.toThrow('EIO');
  expect(tf.memory().numTensors).toBe(before);
});
