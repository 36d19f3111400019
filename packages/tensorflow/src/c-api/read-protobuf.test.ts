import { describe, expect, it } from 'vitest';
import { readProtobuf } from './read-protobuf.ts';

describe('readProtobuf', () => {
  it('reads fields of every size, in order', () => {
    const message = Uint8Array.of(
      0x08,
      0x96,
      0x01,
      0x12,
      2,
      0x68,
      0x69,
      0x1d,
      0,
      0,
      0x80,
      0x3f,
      0x21,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
    );
    expect([...readProtobuf(message)]).toEqual([
      { field: 1, value: 150 },
      { field: 2, value: Uint8Array.of(0x68, 0x69) },
      { field: 3, value: Uint8Array.of(0, 0, 0x80, 0x3f) },
      { field: 4, value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    ]);
  });

  it('reads field numbers and values beyond one byte', () => {
    expect([...readProtobuf(Uint8Array.of(0x80, 0x01, 0xff, 0xff, 0xff, 0xff, 0x0f))]).toEqual([
      { field: 16, value: 4294967295 },
    ]);
  });

  it('refuses a group', () => {
    expect(() => [...readProtobuf(Uint8Array.of(0x0b))]).toThrow(
      'Protocol buffer: unknown wire type 3 at byte 1.',
    );
  });
});
