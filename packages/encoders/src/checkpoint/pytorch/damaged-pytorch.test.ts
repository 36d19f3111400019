/** Files with cut or flipped bytes: what comes is an error that names the file, or the right numbers. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPytorch } from './open-pytorch.ts';
import { PickleDamage } from './pickle-bytes.ts';
import { unpickleTensors } from './tensors.ts';
import { PickleRefusal } from './unpickle.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures');
const whole = join(fixtures, 'published/pytorch/pytorch_model.bin');
let folder: string;
let file: string;
let bytes: Buffer;
let expected: Map<string, Float32Array>;

const read = (path: string) =>
  openPytorch(path, async (tensors) => {
    const values = new Map<string, Float32Array>();
    for (const [name, { dtype, shape, readInto }] of tensors) {
      const size = shape.reduce((product, n) => product * n, 1);
      // Who reads it knows the shape that it should have, and makes no room for another.
      if (!/F\d/.test(dtype) || size > 1000) continue;
      const data = new Float32Array(size);
      await readInto(data);
      values.set(name, data);
    }
    return values;
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pytorch-'));
  file = join(folder, 'pytorch_model.bin');
  bytes = await readFile(whole);
  expected = await read(whole);
});

afterAll(() => rm(folder, { recursive: true }));

/** The message of the error, which names the file; else what was read. */
async function outcome(damaged: Buffer): Promise<string | Map<string, Float32Array>> {
  await writeFile(file, damaged);
  try {
    return await read(file);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith(file)) throw error;
    return error.message;
  }
}

const flip = (buffer: Buffer, bits: readonly number[]) => {
  const copy = Buffer.from(buffer);
  for (const bit of bits) copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
};

describe('a damaged pytorch_model.bin', () => {
  it('is refused wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        expect(await outcome(bytes.subarray(0, length))).toMatch(/truncated|damaged/);
      }),
      { numRuns: 150 },
    );
  });

  it('gives an error or the right numbers, whichever bits are flipped', async () => {
    const bits = fc.array(fc.nat(bytes.length * 8 - 1), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(bits, async (flipped) => {
        const read = await outcome(flip(bytes, flipped));
        if (typeof read !== 'string') expect(read).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives no other error where no checksum tells of it', async () => {
    const unchecked = await readFile(join(fixtures, 'pytorch/without-checksums.bin'));
    const bits = fc.array(fc.nat(unchecked.length * 8 - 1), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(bits, async (flipped) => {
        expect(await outcome(flip(unchecked, flipped))).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  it('gives an error for 64-bit sizes and places beyond the file', async () => {
    const zip64 = await readFile(join(fixtures, 'pytorch/zip64.bin'));
    const [end64, locator] = ['PK\x06\x06', 'PK\x06\x07'].map((sign) =>
      zip64.lastIndexOf(sign, undefined, 'latin1'),
    );
    const fields = [end64! + 32, end64! + 40, end64! + 48, locator! + 8];
    for (const field of fields)
      for (const value of [2n ** 58n, 2n ** 53n - 1n, BigInt(zip64.length), 2n ** 64n - 1n]) {
        const lying = Buffer.from(zip64);
        lying.writeBigUInt64LE(value, field);
        expect(await outcome(lying)).toMatch(/is truncated or damaged: .*; download it again$/);
      }
  });

  it('gives an error for flipped numbers, by the name of the tensor', async () => {
    const { buffer, byteOffset, byteLength } = expected.get('pooler.dense.weight')!;
    const at = bytes.indexOf(Buffer.from(buffer, byteOffset, byteLength));
    expect(await outcome(flip(bytes, [8 * at + 3]))).toBe(
      `${file} is truncated or damaged: the bytes of the tensor pooler.dense.weight have another checksum than the archive says; download it again`,
    );
  });
});

describe('a pickle with flipped or cut bytes', () => {
  it('is data, damage or refused', () => {
    // Stored in the archive as it is: from the opcode PROTO of protocol 2 to STOP.
    const start = bytes.indexOf(Buffer.from('80026363', 'hex'));
    const pickle = bytes.subarray(start, bytes.indexOf('PK', start));
    expect(unpickleTensors(pickle)).toBeInstanceOf(Map);
    const bits = fc.array(fc.nat(pickle.length * 8 - 1), { maxLength: 3 });
    fc.assert(
      fc.property(bits, fc.nat(pickle.length), (flipped, length) => {
        for (const changed of [flip(pickle, flipped), flip(pickle, flipped).subarray(0, length)])
          try {
            unpickleTensors(changed);
          } catch (error) {
            if (!(error instanceof PickleDamage || error instanceof PickleRefusal)) throw error;
          }
      }),
      { numRuns: 2000 },
    );
  });
});
