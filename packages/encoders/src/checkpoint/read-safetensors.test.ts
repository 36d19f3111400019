import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from './read-safetensors.ts';

const fixture = (name: string) => join(import.meta.dirname, '../../fixtures', name);

describe('readSafetensors', () => {
  it('reads every dtype that Python wrote', async () => {
    const tensors = await readSafetensors(fixture('dtypes.safetensors'));
    const plain = (name: string) => {
      const { dtype, shape, data } = tensors.get(name)!;
      return { dtype, shape, data: [...data] };
    };
    expect(plain('f32')).toEqual({ dtype: 'F32', shape: [1, 3], data: [1.5, -2, Math.fround(0.1)] });
    expect(plain('i64')).toEqual({ dtype: 'I64', shape: [3], data: [1n, -2n, 2n ** 53n + 1n] });
    expect(plain('i32')).toEqual({ dtype: 'I32', shape: [2, 1], data: [7, -8] });
    expect(plain('u8')).toEqual({ dtype: 'U8', shape: [3], data: [0, 127, 255] });
    expect(plain('bool')).toEqual({ dtype: 'BOOL', shape: [3], data: [1, 0, 1] });
    expect(plain('scalar')).toEqual({ dtype: 'F32', shape: [], data: [4.25] });
    expect(plain('empty')).toEqual({ dtype: 'F32', shape: [0, 3], data: [] });
    expect(tensors.size).toBe(13);
  });

  it.each(['f16', 'bf16', 'f64'])(
    'widens or narrows %s to the float32 values that torch gives',
    async (name) => {
      const tensors = await readSafetensors(fixture('dtypes.safetensors'));
      const { data } = tensors.get(name)!;
      expect(data).toBeInstanceOf(Float32Array);
      // toEqual tells -0 from 0 and takes NaN as equal to itself.
      expect(data).toEqual(tensors.get(`${name}.float32`)!.data);
      expect(Object.is(data[1], -0)).toBe(true);
    },
  );
});

describe('readSafetensors on a bad file', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
    file = join(folder, 'model.safetensors');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = async (bytes: Buffer | string) => {
    await writeFile(file, bytes);
    return readSafetensors(file);
  };
  const pack = (header: unknown, dataBytes: number) => {
    const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
  };
  const f32 = (shape: unknown, offsets: unknown) => ({ dtype: 'F32', shape, data_offsets: offsets });

  it('reads a file made by hand', async () => {
    const tensors = await read(pack({ b: f32([2], [4, 12]), a: f32([], [0, 4]) }, 12));
    expect([...tensors.keys()]).toEqual(['a', 'b']);
    expect(tensors.get('b')).toEqual({ dtype: 'F32', shape: [2], data: new Float32Array(2) });
  });

  it('names the file and says what is wrong with it', async () => {
    await expect(read('short')).rejects.toThrow(`${file} is not a safetensors file: it holds 5 bytes`);
    await expect(read(pack('{"a": ', 0))).rejects.toThrow(/header is not JSON/);
    await expect(read(pack('[1]', 0))).rejects.toThrow(/header is not a JSON object/);
    await expect(read('Entry not found')).rejects.toThrow(
      /claim a header of \d+ bytes \(at most 100000000\)/,
    );
    await expect(read(pack({ a: f32([1], [0, 4]) }, 4).subarray(0, 20))).rejects.toThrow(
      /the header alone takes 62 bytes, but the file holds 20: it is truncated; download it again/,
    );
  });

  it('recognizes what downloads leave in place of the weights', async () => {
    await expect(read('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n')).rejects.toThrow(
      /git-lfs pointer/,
    );
    await expect(read('\n<!DOCTYPE html><html></html>')).rejects.toThrow(/a web page/);
    await expect(read('PK\x03\x04 and so on')).rejects.toThrow(/a zip file, perhaps a PyTorch checkpoint/);
  });

  it('names the tensor in which a truncated file ends', async () => {
    const whole = await readFile(fixture('tiny-bert/model.safetensors'));
    await expect(read(whole.subarray(0, -1))).rejects.toThrow(
      `the header claims ${whole.length} bytes, but the file holds ${whole.length - 1}: it is truncated within tensor "pooler.dense.weight"`,
    );
    await expect(read(Buffer.concat([whole, Buffer.alloc(1)]))).rejects.toThrow(/it is damaged/);
  });

  it('names the tensor that contradicts the rest', async () => {
    const both = (a: unknown, b: unknown, bytes: number) => read(pack({ a, b }, bytes));
    const a = f32([1], [0, 4]);
    await expect(both(a, f32([2], [2, 10]), 10)).rejects.toThrow(/tensor "b" overlaps tensor "a"/);
    await expect(both(a, f32([1], [6, 10]), 10)).rejects.toThrow(/tensor "b" leaves a gap after tensor "a"/);
    await expect(both(a, f32([3], [4, 12]), 12)).rejects.toThrow(
      /tensor "b" takes 8 bytes, but F32 of shape \[3\] needs 12/,
    );
    await expect(both(a, f32([-1], [4, 8]), 8)).rejects.toThrow(/tensor "b" has shape \[-1\]/);
    await expect(both(a, f32([1], [4]), 8)).rejects.toThrow(/tensor "b" has data_offsets \[4\]/);
    await expect(both(a, { dtype: 'F8_E4M3', shape: [1], data_offsets: [4, 5] }, 5)).rejects.toThrow(
      /tensor "b" has dtype "F8_E4M3"; supported are F32, F16, BF16, F64, I64, I32, U8, BOOL/,
    );
    await expect(both(a, 'x', 4)).rejects.toThrow(/tensor "b" is described by "x"/);
  });
});
