/** Reads Parquet files as columns, some thousand rows at a time. */
import { tableFromIPC, Type, type Column, type Table } from '@uwdata/flechette';
import type { Problems } from '../problems/problems.ts';
import { readWhole } from '../sources/read-whole.ts';
import type { TableSource } from '../sources/table-source.ts';
import { ARROW_OPTIONS, arrowReader } from './arrow-cells.ts';
import { cellText } from './cell-text.ts';
import { ParquetThread, unreadable } from './parquet-thread.ts';
import type { OpenFormat, TableBlock, TableFormat } from './table-format.ts';

/** Batches that are decoded ahead, so that both sides work at once. */
const AHEAD = 16;

export const parquet: TableFormat = { unit: 'row', open };

async function open(source: TableSource, problems: Problems): Promise<OpenFormat> {
  const { path, file } = source;
  const thread = await ParquetThread.start(
    path,
    file === undefined ? { bytes: await readWhole(source) } : { file },
  );
  const { arrow, rows } = await thread.next();
  const header = tableFromIPC(arrow!).schema.fields.map(({ name }) => name);

  async function* blocks(places: readonly number[]): AsyncGenerator<TableBlock> {
    const names = places.map((place) => header[place]!);
    let read = 0;
    try {
      thread.ask(names);
      for (let ahead = 0; ahead < AHEAD; ahead++) thread.ask();
      for (let { arrow } = await thread.next(); arrow; { arrow } = await thread.next()) {
        thread.ask();
        const block = toBlock(arrow, names, { path, rowsBefore: read, problems });
        read += block.lines.length;
        yield block;
      }
      if (read !== rows) throw unreadable(path, `it tells of ${rows} rows, but has ${read}`);
    } finally {
      await thread.close();
    }
  }
  return { header, line: 0, blocks, close: () => thread.close() };
}

function toBlock(
  arrow: Uint8Array,
  names: readonly string[],
  { path, rowsBefore, problems }: { path: string; rowsBefore: number; problems: Problems },
): TableBlock {
  try {
    const table = tableFromIPC(arrow, ARROW_OPTIONS);
    const lines = Array.from({ length: table.numRows }, (_, row) => rowsBefore + row + 1);
    return { columns: names.map((name) => columnCells(table, name, { lines, problems })), lines };
  } catch (error) {
    throw unreadable(path, (error as Error).message);
  }
}

function columnCells(
  table: Table,
  column: string,
  { lines, problems }: { lines: number[]; problems: Problems },
): string[] {
  const { data, type } = table.getChild(column) as Column<unknown>;
  const cells: string[] = [];
  for (const batch of data) {
    const read = arrowReader(batch);
    for (let row = 0; row < batch.length; row++) {
      const value = read(row);
      if (value instanceof Uint8Array && type.typeId !== Type.FixedSizeBinary)
        problems.add(lines[cells.length]!, column, 'a text that is not valid UTF-8');
      cells.push(typeof value === 'string' ? value : cellText(value));
    }
  }
  return cells;
}
