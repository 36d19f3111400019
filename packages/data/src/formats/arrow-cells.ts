/** Reads the columns of Arrow batches as the values of cells, such that nothing is lost on the way through doubles and dates. */
import { isAscii, isUtf8 } from 'node:buffer';
import { Type, type Batch, type Column } from '@uwdata/flechette';
import { shortestFloat32 } from '../vectors/shortest-float32.ts';
import { cellText } from './cell-text.ts';
import { isoDate, isoTime } from './iso-time.ts';

/** What `toString` does once it knows its encoding; Node's types leave them out. */
type Bytes = Buffer & Record<'latin1Slice' | 'utf8Slice', (start: number, end: number) => string>;

type Reader = (row: number) => unknown;

/** What flechette does not declare: the dictionary of a batch of keys. */
type ArrowBatch = Batch<unknown> & { dictionary?: Column<unknown> };

/** How flechette is to read: integers as they are. */
export const ARROW_OPTIONS = { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true };

/**
 * Numbers and booleans are themselves, dates and times as in ISO 8601, decimals have the digits of their type; lists and
 * objects hold such values. Bytes are text where they are UTF-8.
 *
 * @param batch of a table that was read with `ARROW_OPTIONS`
 * @returns reads a row's value for `cellText`
 */
export const arrowReader = (batch: Batch<unknown>): Reader => reader(batch);

function reader(batch: ArrowBatch): Reader {
  if (batch.type.typeId === Type.Null) return () => null;
  const read = valueReader(batch);
  return batch.nullCount > 0 ? (row) => (batch.isValid(row) ? read(row) : null) : read;
}

/** Of rows that are not null. */
function valueReader(batch: ArrowBatch): Reader {
  const { type, values, offsets, children } = batch;
  const value: Reader = (row) => batch.value(row);
  switch (type.typeId) {
    case Type.Utf8:
    case Type.LargeUtf8:
      return textReader(values as Uint8Array, offsets);
    case Type.Binary:
    case Type.LargeBinary:
      return (row) => textOrBytes(value(row) as Uint8Array);
    case Type.Float:
      return type.precision === 1 ? (row) => Number(shortestFloat32(values[row] as number)) : value;
    case Type.Decimal:
      return (row) => decimal(BigInt(value(row) as bigint | number), type.scale);
    case Type.Date:
      return (row) => isoDate(value(row) as number);
    case Type.Timestamp:
      return (row) => isoTime(BigInt(values[row]!), type.unit);
    case Type.Time:
      return (row) => isoTime(BigInt(values[row]!), type.unit).slice('1970-01-01T'.length, -1);
    case Type.List:
    case Type.LargeList:
      return listReader(reader(children[0]!), (row) => Number(offsets[row]));
    case Type.FixedSizeList:
      return listReader(reader(children[0]!), (row) => row * type.stride);
    case Type.Struct: {
      const members = children.map((child, c) => [type.children[c]!.name, reader(child)] as const);
      return (row) => record(members.map(([name, read]) => [name, read(row)]));
    }
    case Type.Map: {
      const [keys, entries] = children[0]!.children.map(reader) as [Reader, Reader];
      const entry = (i: number): [string, unknown] => [cellText(keys(i)), entries(i)];
      const list = listReader(entry, (row) => Number(offsets[row]));
      return (row) => record(list(row));
    }
    case Type.Dictionary: {
      const [entries] = batch.dictionary!.data as ArrowBatch[];
      const entry = reader(entries!);
      const read: unknown[] = [];
      return (row) => {
        const key = values[row] as number;
        return (read[key] ??= entry(key));
      };
    }
    default:
      return value;
  }
}

function textReader(values: Uint8Array, offsets: ArrayLike<number | bigint>): Reader {
  const bytes = bytesOf(values);
  // Slices of one text keep the garbage collector less busy than a text each.
  const latin = bytes.latin1Slice(0, bytes.length);
  const isAllAscii = isAscii(bytes);
  return (row) => {
    const [start, end] = [Number(offsets[row]), Number(offsets[row + 1])];
    return isAllAscii || isAscii(bytes.subarray(start, end))
      ? latin.slice(start, end)
      : bytes.utf8Slice(start, end);
  };
}

const textOrBytes = (bytes: Uint8Array): string | Uint8Array =>
  isUtf8(bytes) ? bytesOf(bytes).utf8Slice(0, bytes.length) : bytes;

const bytesOf = (bytes: Uint8Array): Bytes =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) as Bytes;

/** @param start where a row's list starts, and that of the row before ends */
function listReader<Value>(
  read: (i: number) => Value,
  start: (row: number) => number,
): (row: number) => Value[] {
  return (row) => Array.from({ length: start(row + 1) - start(row) }, (_, i) => read(start(row) + i));
}

/** Without a prototype, so that all names are its own. */
function record(members: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const made = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of members) made[name] = value;
  return made;
}

function decimal(digits: bigint, scale: number): string {
  if (scale <= 0) return String(digits * 10n ** BigInt(-scale));
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
