import { describe, expect, it } from 'vitest';
import { configProto } from './config-proto.ts';
import { readProtobuf } from './read-protobuf.ts';

describe('configProto', () => {
  // Bytes by the protocol-buffer encoding: 300 = 0b10_0101100 is the varint AC 02.
  it.each([
    [2, [0x10, 2, 0x28, 1]],
    [127, [0x10, 127, 0x28, 1]],
    [128, [0x10, 0x80, 0x01, 0x28, 1]],
    [300, [0x10, 0xac, 0x02, 0x28, 1]],
  ])('writes %i threads', (threads, bytes) => {
    expect([...configProto(threads)]).toEqual(bytes);
    expect([...readProtobuf(configProto(threads))]).toEqual([
      { field: 2, value: threads },
      { field: 5, value: 1 },
    ]);
  });
});
