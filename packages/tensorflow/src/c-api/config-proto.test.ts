import { describe, expect, it } from 'vitest';
import { configProto, type Config } from './config-proto.ts';

const written = (config: Partial<Config>) => [
  ...configProto({ threads: 2, interOpThreads: 1, device: 'auto', memory: {}, ...config }),
];

/** 2 threads and 1 operation at a time: fields 2 and 5, varints. */
const threads = [0x10, 2, 0x28, 1];

// All bytes are worked out by hand: a tag is the field's number times 8, plus 0 for a varint and 2 for bytes.
describe('configProto', () => {
  it.each([
    [2, 1, threads],
    [127, 3, [0x10, 127, 0x28, 3]],
    [128, 1, [0x10, 0x80, 0x01, 0x28, 1]],
    [300, 1, [0x10, 0xac, 0x02, 0x28, 1]], // 300 = 0b10_0101100
  ])('writes %i threads and %i operations at a time', (intra, interOpThreads, bytes) => {
    expect(written({ threads: intra, interOpThreads })).toEqual(bytes);
  });

  it('hides GPUs by an empty count of them', () => {
    // Field 1, an entry of 7 bytes: key (field 1) "GPU", value (field 2) 0.
    expect(written({ device: 'cpu' })).toEqual([0x0a, 7, 0x0a, 3, 0x47, 0x50, 0x55, 0x10, 0, ...threads]);
  });

  it('shows one GPU', () => {
    // Field 6 with field 5, the text "1" and "12".
    expect(written({ device: 1 })).toEqual([...threads, 0x32, 3, 0x2a, 1, 0x31]);
    expect(written({ device: 12 })).toEqual([...threads, 0x32, 4, 0x2a, 2, 0x31, 0x32]);
  });

  it('says nothing of GPUs that it hides', () => {
    expect(written({ device: 'cpu', memory: { limitBytes: 2 ** 30 } })).toEqual(written({ device: 'cpu' }));
  });

  it('lets the memory grow', () => {
    expect(written({ memory: { growth: true } })).toEqual([...threads, 0x32, 2, 0x20, 1]);
    expect(written({ memory: { growth: false } })).toEqual(threads);
  });

  it('limits the memory of one GPU, in whole MiB', () => {
    // 1024 = 2^10 as a float: the exponent 137 << 23 = 0x44800000, its lowest byte first; fields 9, 1 and 1 around it.
    const limit = [0x4a, 8, 0x0a, 6, 0x0a, 4, 0, 0, 0x80, 0x44];
    expect(written({ memory: { limitBytes: 2 ** 30 + 5 } })).toEqual([
      ...threads,
      ...[0x32, 13, 0x2a, 1, 0x30],
      ...limit,
    ]);
    expect(written({ device: 1, memory: { limitBytes: 2 ** 30, growth: true } })).toEqual([
      ...threads,
      ...[0x32, 15, 0x20, 1, 0x2a, 1, 0x31],
      ...limit,
    ]);
  });
});
