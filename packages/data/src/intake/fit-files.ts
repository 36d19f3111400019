/** Writes files anew that differ from what can be trained on and submitted by a few rows or a name. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Inferred } from '../infer/infer-competition.ts';
import { missingAmong } from '../tables/missing-cells.ts';
import { readTable } from '../tables/read-table.ts';
import { writeTable } from '../tables/write-table.ts';
import type { Files } from './find-files.ts';
import type { Taken } from './take-file.ts';

/**
 * Train rows without a value of a target are left out, the sample gets a row for each test row that it lacks, and a
 * text has the same name in train and test.
 *
 * @param folder that the files were taken to
 * @returns the files as they are now
 */
export async function fitFiles(
  folder: string,
  taken: Record<keyof Files, Taken>,
  {
    manifest: { columns },
    renamed,
  }: Pick<Inferred, 'renamed'> & { manifest: Pick<Inferred['manifest'], 'columns'> },
): Promise<Record<keyof Files, Taken>> {
  const { train, test, sample } = taken;
  const targets = [columns.target].flat().map((name) => {
    const cells = train.table.cells(name);
    return { cells, isMissing: missingAmong(new Set(cells)) };
  });
  const kept = rowsWhere(train.table.lines.length, (row) =>
    targets.every(({ cells, isMissing }) => !isMissing(cells[row]!)),
  );
  const left = train.table.lines.length - kept.length;
  const fitted = { ...taken };
  if (left > 0)
    fitted.train = await rewrite(folder, train, {
      columns: train.table.header.map((name) => pick(train.table.cells(name), kept)),
      note: `${left} of ${train.table.lines.length} rows without a value of ${[columns.target].flat().join(', ')} are left out`,
    });

  if (renamed)
    fitted.test = await rewrite(folder, test, {
      header: test.table.header.map((name) => (name === renamed.from ? renamed.to : name)),
      columns: test.table.header.map((name) => test.table.cells(name)),
      note: `its column ${renamed.from} is called ${renamed.to} now, as in train`,
    });

  const id = typeof columns.id === 'string' ? { test: columns.id, sample: columns.id } : columns.id;
  if (id.test === undefined) return fitted;
  const given = new Set(sample.table.cells(id.sample));
  const missing = test.table.cells(id.test).filter((name) => !given.has(name));
  if (missing.length > 0)
    fitted.sample = await rewrite(folder, sample, {
      columns: sample.table.header.map((name) => {
        const cells = sample.table.cells(name);
        return [...cells, ...(name === id.sample ? missing : missing.map(() => cells[0]!))];
      }),
      note: `${missing.length} test rows that it lacks were added`,
    });
  return fitted;
}

const rowsWhere = (rows: number, keep: (row: number) => boolean): number[] =>
  Array.from({ length: rows }, (_, row) => row).filter(keep);

const pick = (cells: readonly string[], rows: readonly number[]): string[] => rows.map((row) => cells[row]!);

async function rewrite(
  folder: string,
  { file, table, note: before }: Taken,
  { header = table.header, columns, note }: { header?: string[]; columns: string[][]; note: string },
): Promise<Taken> {
  const anew = file.replace(/\.\w+$/, '.csv');
  await writeTable(join(folder, anew), header, columns);
  if (anew !== file) await rm(join(folder, file));
  const read = await readTable(join(folder, anew));
  return { file: anew, table: { ...read, path: table.path }, note: `${before ?? table.path}: ${note}` };
}
