/** Turns the cells of two joined tables into what a metric scores. */
import type { FileTable } from '@foldwise/data';
import { asTaken, toClasses, type Columns, type Metric, type MetricTask } from '@foldwise/metrics';
import type { Joined } from './join-by-id.ts';
import type { ScoredColumns } from './scored-columns.ts';
import { UsageError } from '../usage-error.ts';

export interface Scored {
  task: MetricTask;
  /** [targets][rows] */
  truth: Columns;
  /** As the metric takes them. */
  predictions: Columns;
  /** As a model gives them, where they are numbers. */
  raw: Columns | undefined;
  weights: Float64Array | undefined;
  /** What was understood and not said. */
  notes: string[];
}

/** A file, and the rows of it that are joined. */
type Side = [file: FileTable, rows: readonly number[]];

/**
 * @param weights a column of the truth
 * @param asked the task, where it is said
 * @throws Error that names the line and column of a cell that is no number or no weight; UsageError for a task that the
 * metric does not fit, and for weights that it does not take
 */
export function scoredRows(
  files: { predictions: FileTable; truth: FileTable },
  joined: Joined,
  columns: ScoredColumns,
  { metric, weights, asked }: { metric: Metric; weights: string | undefined; asked: MetricTask | undefined },
): Scored {
  const truthSide: Side = [files.truth, joined.truth];
  const predictedSide: Side = [files.predictions, joined.predictions];
  if (weights !== undefined && !metric.takesWeights)
    throw new UsageError(`the metric "${metric.name}" takes no weights`);
  if (asked && !metric.tasks.includes(asked))
    throw new UsageError(
      `the metric "${metric.name}" does not fit a ${asked} task; it fits ${metric.tasks.join(', ')}`,
    );
  const weightsOf =
    weights === undefined ? undefined : numbers(truthSide, weights, 'a number of 0 or more', (x) => x >= 0);
  const scored =
    columns.kind === 'classes'
      ? ofClasses(truthSide, predictedSide, columns, metric, asked)
      : ofTargets(truthSide, predictedSide, columns.targets, metric, asked);
  return { ...scored, weights: weightsOf };
}

type Unweighted = Omit<Scored, 'weights'>;

function ofClasses(
  truthSide: Side,
  predictedSide: Side,
  { target, classes, columns }: ScoredColumns & { kind: 'classes' },
  metric: Metric,
  asked: MetricTask | undefined,
): Unweighted {
  const index = new Map(classes.map((name, c) => [name, c]));
  const truth = [Float64Array.from(cells(truthSide, target), (cell) => index.get(cell.trim())!)];
  const probabilities = columns.map((column) => numbers(predictedSide, column));
  const fitting = (['multi-class', 'ordinal', 'binary'] as const).filter((task) =>
    metric.tasks.includes(task),
  );
  const task = asked ?? fitting[0];
  if (
    task === undefined ||
    task === 'regression' ||
    task === 'multi-label' ||
    (task === 'binary' && classes.length > 2)
  )
    throw new UsageError(
      `the metric "${metric.name}" does not score probabilities of ${classes.length} classes; the predictions have a column for each of ${classes.join(', ')}`,
    );
  if (task === 'binary') {
    const raw = [probabilities[1]!];
    const notes = [`"${classes[1]}" is taken for 1`];
    return { task, truth, raw, predictions: asTaken(metric, task, raw), notes };
  }
  const notes = task === 'ordinal' ? [`The classes rise in the order ${classes.join(', ')}`] : [];
  return { task, truth, raw: probabilities, predictions: asTaken(metric, task, probabilities), notes };
}

function ofTargets(
  truthSide: Side,
  predictedSide: Side,
  targets: string[],
  metric: Metric,
  asked: MetricTask | undefined,
): Unweighted {
  if (metric.takes !== 'classes') {
    const [truth, raw] = [truthSide, predictedSide].map((side) =>
      targets.map((target) => numbers(side, target)),
    );
    return { task: asked ?? taskOf(metric, truth!), truth: truth!, raw: raw!, predictions: raw!, notes: [] };
  }
  const truthCells = targets.map((target) => cells(truthSide, target).map(className));
  const predictedCells = targets.map((target) => cells(predictedSide, target).map(className));
  const isNumeric = predictedCells.every((column) =>
    column.every((cell) => cell !== '' && Number.isFinite(Number(cell))),
  );
  const raw = isNumeric ? predictedCells.map((column) => Float64Array.from(column, Number)) : undefined;
  const areLabels = truthCells.every((column) => column.every((cell) => cell === '0' || cell === '1'));
  if (areLabels && raw) {
    const truth = truthCells.map((column) => Float64Array.from(column, Number));
    const decided = raw.every((column) => column.every((p) => p === 0 || p === 1));
    const predictions = decided ? raw : toClasses('multi-label', raw);
    const task = asked ?? taskOf(metric, truth);
    return { task, truth, raw, predictions, notes: decided ? [] : ['Predictions above 0.5 are taken for 1'] };
  }
  const names = inOrder(new Set([...truthCells, ...predictedCells].flat()));
  const index = new Map(names.map((name, i) => [name, i]));
  const indices = (columns: string[][]): Float64Array[] =>
    columns.map((column) => Float64Array.from(column, (cell) => index.get(cell)!));
  const [truth, predictions] = [indices(truthCells), indices(predictedCells)];
  const isBinary = metric.tasks.includes('binary') && names.length === 2;
  const notes = isBinary ? [`"${names[1]}" is taken for 1`] : [];
  return { task: asked ?? taskOf(metric, truth), truth, raw: undefined, predictions, notes };
}

/** The likeliest, for metrics that fit several. */
function taskOf({ tasks }: Metric, truth: Columns): MetricTask {
  const areLabels = truth.every((column) => column.every((value) => value === 0 || value === 1));
  const likely: MetricTask[] =
    truth.length > 1 ? ['multi-label', 'regression'] : areLabels ? ['binary', 'regression'] : ['regression'];
  return likely.find((task) => tasks.includes(task)) ?? tasks[0]!;
}

function cells([{ table }, rows]: Side, column: string): string[] {
  const all = table.array(column) as string[];
  return rows.map((row) => all[row]!);
}

function numbers(
  side: Side,
  column: string,
  expected = 'a number',
  fits: (value: number) => boolean = () => true,
): Float64Array {
  const [{ path, lines }, rows] = side;
  return Float64Array.from(cells(side, column), (cell, i) => {
    const value = cell.trim() === '' ? NaN : Number(cell);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new Error(
      `${path}:${lines[rows[i]!]}, column "${column}": expected ${expected}, got ${JSON.stringify(cell)}`,
    );
  });
}

/** 1 and 1.0 are the same class. */
function className(cell: string): string {
  const name = cell.trim();
  return name !== '' && Number.isFinite(Number(name)) ? String(Number(name)) : name;
}

/** Numbers by value, else by character code, as the classes of a competition. */
function inOrder(names: Set<string>): string[] {
  const classes = [...names];
  return classes.every((name) => Number.isFinite(Number(name)))
    ? classes.sort((a, b) => Number(a) - Number(b))
    : classes.sort();
}
