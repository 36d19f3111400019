/** What hyparquet makes of Parquet's richer types: texts that lose nothing, where its own would be dates of milliseconds. */
import { isUtf8 } from 'node:buffer';
import type { ParquetParsers } from 'hyparquet';

const DAY = 86_400_000;

/** Times are as in ISO 8601, in UTC, with as many decimals as their unit has: `2024-05-01T12:00:00.000000Z`. */
export const parquetParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => time(millis, 1000n, 3),
  timestampFromMicroseconds: (micros) => time(micros, 1_000_000n, 6),
  timestampFromNanoseconds: (nanos) => time(nanos, 1_000_000_000n, 9),
  dateFromDays: (days: number | null | undefined) =>
    days === null || days === undefined ? undefined : iso(days * DAY).slice(0, -'T00:00:00.000Z'.length),
  stringFromBytes: text,
  jsonFromBytes: text,
  geometryFromBytes: (bytes) => bytes,
  geographyFromBytes: (bytes) => bytes,
};

function time(value: bigint | number | null | undefined, second: bigint, decimals: number): string | undefined {
  if (value === null || value === undefined) return undefined;
  const all = BigInt(value);
  const fraction = ((all % second) + second) % second;
  const seconds = Number((all - fraction) / second);
  return `${iso(seconds * 1000).slice(0, -'.000Z'.length)}.${String(fraction).padStart(decimals, '0')}Z`;
}

function iso(millis: number): string {
  if (Math.abs(millis) > 8.64e15) throw new Error(`a time of ${millis} milliseconds since 1970, beyond all calendars`);
  return new Date(millis).toISOString();
}

/** Bytes that are no text stay bytes, for the reader to name their row. */
function text(bytes: Uint8Array | undefined): string | Uint8Array | undefined {
  if (!bytes || !isUtf8(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
