/** Reads Parquet files as columns, one group of rows at a time. */
import {
  parquetScan,
  parquetSchema,
  type ParquetScan,
  type SchemaElement,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Problems } from '../problems.ts';
import { readWhole } from '../sources/read-whole.ts';
import type { TableSource } from '../sources/table-source.ts';
import { shortestFloat32 } from '../vectors/shortest-float32.ts';
import { cellText } from './cell-text.ts';
import { openRandomAccess, type RandomAccess } from './open-random-access.ts';
import { parquetParsers } from './parquet-parsers.ts';
import type { OpenFormat, TableBlock, TableFormat } from './table-format.ts';

/** As many as a double holds, through which decimals come. */
const DECIMAL_DIGITS = 15;

export const parquet: TableFormat = { unit: 'row', open };

async function open(source: TableSource, problems: Problems): Promise<OpenFormat> {
  const { path } = source;
  const file = source.file === undefined ? fromBytes(await readWhole(source)) : await openRandomAccess(source.file);
  const scan = await orDamaged(path, () => parquetScan({ file, compressors, parsers: parquetParsers })).catch(
    async (error: unknown) => {
      await file.close();
      throw error;
    },
  );
  const columns = parquetSchema(scan.metadata).children.map(({ element }) => element);

  async function* blocks(places: readonly number[]): AsyncGenerator<TableBlock> {
    try {
      for (const { rowStart, rowEnd } of scan.ranges) {
        const lines = Array.from({ length: rowEnd - rowStart }, (_, row) => rowStart + row + 1);
        const block: TableBlock = { columns: [], lines };
        for (const place of places)
          block.columns.push(await readColumn(scan, { path, element: columns[place]!, rowStart, rowEnd, problems }));
        yield block;
      }
    } finally {
      await file.close();
    }
  }
  return { header: columns.map(({ name }) => name), line: 0, blocks, close: () => file.close() };
}

async function readColumn(
  scan: ParquetScan,
  of: { path: string; element: SchemaElement; rowStart: number; rowEnd: number; problems: Problems },
): Promise<string[]> {
  const { path, element, rowStart, rowEnd, problems } = of;
  const column = element.name;
  const values = await orDamaged(path, () => scan.readColumn({ column, rowStart, rowEnd }));
  if (values.length !== rowEnd - rowStart)
    throw new Error(
      `${path}: damaged: ${values.length} values of column ${JSON.stringify(column)} for ${rowEnd - rowStart} rows`,
    );
  if (element.converted_type === 'DECIMAL' && (element.precision ?? 0) > DECIMAL_DIGITS)
    throw new Error(
      `${path}: column ${JSON.stringify(column)} has decimals of ${element.precision} digits, of which ${DECIMAL_DIGITS} are read; write it as text`,
    );
  const toText = cellWriter(element);
  return Array.from(values as ArrayLike<unknown>, (value, row) => {
    if (typeof value === 'string') return value;
    if (element.type === 'BYTE_ARRAY' && value instanceof Uint8Array)
      problems.add(rowStart + row + 1, column, 'a text that is not valid UTF-8');
    return toText(value);
  });
}

/** A column's values as cells: those of 32 bits and decimals have other digits than the doubles that they are read into. */
function cellWriter({ type, converted_type: kind, scale = 0 }: SchemaElement): (value: unknown) => string {
  if (kind === 'DECIMAL')
    return (value) => (typeof value === 'number' ? value.toFixed(scale) : cellText(value));
  if (type === 'FLOAT') return (value) => (typeof value === 'number' ? shortestFloat32(value) : cellText(value));
  return cellText;
}

function fromBytes(bytes: Buffer): RandomAccess {
  return {
    byteLength: bytes.length,
    slice: (start, end) => Uint8Array.from(bytes.subarray(start, end)).buffer,
    close: async () => undefined,
  };
}

async function orDamaged<Value>(path: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall !== undefined) throw error;
    // hyparquet stumbles over damaged files with errors of the language, which tell a person nothing.
    const what = (error as Error).constructor === Error ? message : 'the file is damaged';
    throw new Error(`${path}: no Parquet file that can be read: ${what}`, { cause: error });
  }
}
