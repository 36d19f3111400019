import { describe, expect, it } from 'vitest';
import { readStepStats } from './read-step-stats.ts';

const ascii = (text: string) => [...Buffer.from(text)];

// Bytes worked out by hand: a tag is the field's number times 8, plus 0 for a varint and 2 for bytes.
describe('readStepStats', () => {
  it('reads the time of each node, and leaves the rest', () => {
    const label = ascii('[cpu 1MB] f/x_1 = _Mkl(a, ^b)');
    const first = [
      ...[0x0a, 5, ...ascii('f/x_1')],
      ...[0x10, 0x64], // all_start_micros
      ...[0x42, label.length, ...label],
      ...[0x70, 0xac, 0x02], // op_start_rel_nanos: 300
      ...[0x78, 0xdc, 0x0b], // op_end_rel_nanos: 11 * 128 + 92 = 1500
      ...[0x80, 0x01, 0x01], // all_end_rel_nanos
    ];
    const second = [0x0a, 1, ...ascii('y'), 0x78, 7];
    const device = [0x0a, 1, ...ascii('d'), 0x12, first.length, ...first, 0x12, second.length, ...second];
    const stepStats = [0x0a, device.length, ...device];
    const metadata = [0x0a, stepStats.length, ...stepStats, 0x1a, 1, 0];
    expect(readStepStats(Uint8Array.from(metadata))).toEqual([
      { node: 'f/x_1', operation: '_Mkl', nanoseconds: 1200 },
      { node: 'y', operation: 'y', nanoseconds: 7 },
    ]);
    expect(readStepStats(new Uint8Array())).toEqual([]);
  });
});
