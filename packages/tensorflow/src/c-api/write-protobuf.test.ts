import { describe, expect, it } from 'vitest';
import { writeProtobuf } from './write-protobuf.ts';

describe('writeProtobuf', () => {
  // The examples of https://protobuf.dev/programming-guides/encoding/.
  it('writes the examples of the specification', () => {
    expect([...writeProtobuf([[1, 150]])]).toEqual([0x08, 0x96, 0x01]);
    expect([...writeProtobuf([[2, 'testing']])]).toEqual([
      0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67,
    ]);
    expect([...writeProtobuf([[3, writeProtobuf([[1, 150]])]])]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
  });

  it('writes truth values, and floats packed', () => {
    expect([...writeProtobuf([[4, true]])]).toEqual([0x20, 1]);
    expect([...writeProtobuf([[1, Float32Array.of(1, -2)]])]).toEqual([
      0x0a, 8, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0,
    ]);
  });

  it('writes field numbers and values beyond 32 bits', () => {
    expect([...writeProtobuf([[16, 2 ** 35]])]).toEqual([0x80, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
  });
});
