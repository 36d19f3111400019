import koffi from 'koffi';
import { describe, expect, it } from 'vitest';
import { copyMemory, lendMemory } from './memory.ts';

const c = koffi.load(process.platform === 'win32' ? 'ucrtbase.dll' : null);
const allocate = c.func('malloc', 'void *', ['size_t']) as unknown as (bytes: number) => bigint;
const free = c.func('free', 'void', ['void *']) as unknown as (address: bigint) => void;

/** What is kept of 16 bytes that `use` was lent, and the bytes themselves. */
async function lend(use: (floats: Float32Array) => Promise<void>) {
  const address = allocate(16);
  let kept: Float32Array | undefined;
  const lent = lendMemory(address, 16, async (buffer) => {
    kept = new Float32Array(buffer);
    await use(kept);
  });
  const outcome = await lent.catch((error: unknown) => (error as Error).message);
  const bytes = new Float32Array(4);
  copyMemory(bytes, address, 16);
  free(address);
  return { outcome, kept: kept!, bytes: [...bytes] };
}

describe('lendMemory', () => {
  it('takes the memory back, with what was written', async () => {
    const { kept, bytes } = await lend(async (floats) => {
      await Promise.resolve();
      floats.set([1, 2, 3, 4]);
    });
    expect(bytes).toEqual([1, 2, 3, 4]);
    expect([kept.length, kept.buffer.byteLength, kept[0]]).toEqual([0, 0, undefined]);
  });

  it('takes it back from what fails, too', async () => {
    const { outcome, kept } = await lend(() => Promise.reject(new Error('EIO')));
    expect(outcome).toBe('EIO');
    expect(kept).toHaveLength(0);
  });

  it('lends no bytes', async () => {
    expect(await lendMemory(0n, 0, (buffer) => Promise.resolve(buffer.byteLength))).toBe(0);
  });

  it('keeps nothing over 10,000 loans, and leaves the memory to its owner', async () => {
    const megabyte = 2 ** 20;
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 10_000; i++) {
      const address = allocate(megabyte);
      await lendMemory(address, megabyte, (buffer) => Promise.resolve(new Uint8Array(buffer).fill(1)));
      free(address);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * megabyte);
  });
});
