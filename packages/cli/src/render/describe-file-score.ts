/** Writes a score, its interval and its costliest rows for people. */
import type { FileScore } from 'foldwise';
import { bold, formatTable } from './format.ts';

export function describeFileScore(result: FileScore): string {
  const { metric, direction, score, rows, interval, costs, postProcessing: tuned, notes } = result;
  const lines = [`${bold(`${metric} ${score}`)} (${rows} rows, ${direction} is better)`];
  if (interval) {
    const { level, low, high, method, resamples, undefined: left } = interval;
    lines.push(
      `${level * 100} % interval ${short(low)} to ${short(high)} (${method} bootstrap, ${resamples} resamples` +
        `${left > 0 ? `, ${left} of them without a score` : ''})`,
    );
  }
  if (tuned) {
    const { kind, plain, nested, optimistic, parameters } = tuned;
    lines.push(
      `${kind}: ${orDash(nested)} by nested folds, ${orDash(plain)} without, ${orDash(optimistic)} on the rows it was fitted to`,
      `fitted to all rows: ${JSON.stringify(parameters)}`,
    );
  }
  lines.push(...notes);
  if (costs.rows.length > 0)
    lines.push(
      `What costs most: ${costs.what}${costs.screened ? ', of those furthest off by rank' : ''}`,
      formatTable([
        ['id', 'truth', 'prediction', 'cost'],
        ...costs.rows.map(({ id, truth, prediction, cost }) => [
          id,
          written(Object.values(truth)),
          Object.keys(truth).length === 1 && Object.keys(prediction).length > 1
            ? likeliest(prediction, Object.keys(truth)[0]!)
            : written(Object.values(prediction)),
          short(cost),
        ]),
      ]),
    );
  const alike = costs.rows[0]?.alike ?? 0;
  if (alike > costs.rows.length) lines.push(`The first is one of ${alike} rows that are alike`);
  return lines.join('\n');
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

const orDash = (value: number | null): string => (value === null ? '–' : short(value));

const MOST = 4;

const written = (cells: string[]): string =>
  cells.slice(0, MOST).map(cut).join(' ') + (cells.length > MOST ? ' …' : '');

const cut = (cell: string): string => (cell.length > 20 ? `${cell.slice(0, 19)}…` : cell);

/** Of a column for each class. */
function likeliest(prediction: Record<string, string>, target: string): string {
  const [name, cell] = Object.entries(prediction).reduce((best, each) =>
    Number(each[1]) > Number(best[1]) ? each : best,
  );
  return `${cut(name.startsWith(`${target}=`) ? name.slice(target.length + 1) : name)} ${short(Number(cell))}`;
}
