/** A kind of file that holds a table: what `openTable` asks of each. */
import type { Problems } from '../problems/problems.ts';
import type { TableSource } from '../sources/table-source.ts';

export interface TableFormat {
  /** What errors count rows by: lines of the file, or rows where it has none. From 1. */
  unit: 'line' | 'row';
  /** What stands between the fields of a line; undefined for formats without such. */
  separator?: ',' | '\t';
  /**
   * Reads up to the names of the columns.
   *
   * @param problems takes rows that are not as the others are, while the blocks are read; they are left out
   * @throws Error where the file is not of the format
   */
  open(source: TableSource, problems: Problems): Promise<OpenFormat>;
}

export interface OpenFormat {
  /** Column names, in the file's order. */
  header: string[];
  /** Where the names stand. */
  line: number;
  /**
   * The rows, as they are read; to be called once.
   *
   * @param places which columns, by their places in the header
   */
  blocks(places: readonly number[]): AsyncGenerator<TableBlock>;
  /** Lets go of the file; only where the blocks are not read. */
  close(): Promise<void>;
}

/** Some rows of a table. Every cell is a string; what has no value is the empty one. */
export interface TableBlock {
  /** [columns][rows] */
  columns: string[][];
  /** The 1-based line (or row) on which each row starts: [rows]. */
  lines: number[];
}
