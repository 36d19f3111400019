/** Scores a file of predictions against a file of the truth. */
import { resolve } from 'node:path';
import { readTable } from '@foldwise/data';
import { findMetric, type Metric } from '@foldwise/metrics';
import { bold } from './bold.ts';
import type { Outcome } from './command.ts';
import { joinById } from './join-by-id.ts';
import { UsageError } from './usage-error.ts';

/**
 * @param id the column of ids; default: the submission's first
 * @param targets the columns to score; default: the only other one that both files have
 * @throws UsageError for an unknown metric and columns that are not there; Error for rows that do not match, cells that
 * are not numbers, and a score that is not defined
 */
export async function scoreFiles(
  submissionPath: string,
  truthPath: string,
  {
    metric: metricName,
    targets,
    id,
  }: { metric: string; targets: string[] | undefined; id: string | undefined },
): Promise<Outcome> {
  const metric = knownMetric(metricName);
  const submission = await readTable(resolve(submissionPath));
  const truth = await readTable(resolve(truthPath));
  const joined = joinById(submission, truth, { id, targets });
  const asNumbers = metric.takes === 'classes' ? classIndices : numbers;
  const truths: Float64Array[] = [];
  const predictions: Float64Array[] = [];
  joined.columns.forEach((column, c) => {
    const pair = asNumbers(joined.truth[c]!, joined.submission[c]!, (side, row, cell) => {
      const { path, lines } = side === 'truth' ? truth : submission;
      const line = lines[joined.rows[side][row]!];
      throw new Error(`${path}:${line}, column "${column}": expected a number, got ${JSON.stringify(cell)}`);
    });
    truths.push(pair[0]);
    predictions.push(pair[1]);
  });
  const value = metric.score(truths, predictions);
  const rows = truths[0]!.length;
  if (Number.isNaN(value)) throw new Error(`${metric.name} is not defined for these ${rows} rows`);
  const json = {
    metric: metric.name,
    direction: metric.direction,
    score: value,
    rows,
    columns: joined.columns,
  };
  return { json, text: `${bold(`${metric.name} ${value}`)} (${rows} rows, ${metric.direction} is better)` };
}

function knownMetric(name: string): Metric {
  try {
    return findMetric(name);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

type Complain = (side: 'truth' | 'submission', row: number, cell: string) => never;

function numbers(truth: string[], submission: string[], complain: Complain): [Float64Array, Float64Array] {
  const parse = (side: 'truth' | 'submission', cells: string[]): Float64Array =>
    Float64Array.from(cells, (cell, row) => {
      const value = cell.trim() === '' ? NaN : Number(cell);
      return Number.isFinite(value) ? value : complain(side, row, cell);
    });
  return [parse('truth', truth), parse('submission', submission)];
}

/** Classes may be names; 1 and 1.0 are the same class. */
function classIndices(truth: string[], submission: string[]): [Float64Array, Float64Array] {
  const indices = new Map<string, number>();
  const index = (cell: string): number => {
    const trimmed = cell.trim();
    const name = trimmed !== '' && Number.isFinite(Number(trimmed)) ? String(Number(trimmed)) : trimmed;
    if (!indices.has(name)) indices.set(name, indices.size);
    return indices.get(name)!;
  };
  return [Float64Array.from(truth, index), Float64Array.from(submission, index)];
}
