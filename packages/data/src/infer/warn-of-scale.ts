/** Warns of numbers that a model hardly reaches: its outputs begin at the mean, and small steps lead away from it. */
import type { FileTable } from '../read-table.ts';
import { cellsOf, type Finding } from './tables.ts';

/** From which standard deviation on: a guess; with 144 million, predictions stayed at the mean. */
const WIDE = 20;

/** @returns nothing where no target is spread so widely */
export function warnOfScale(train: FileTable, target: readonly string[], metric: string): Finding[] {
  return target.flatMap((name) => {
    const values = cellsOf(train, name).filter((cell) => cell.trim() !== '').map(Number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    if (!(spread > WIDE)) return [];
    const scaled = metric === 'rmsle' ? `log(1 + ${name}), scored by rmse,` : `${name} / ${Number(spread.toPrecision(1))}`;
    const why = `its standard deviation is ${Number(spread.toPrecision(3))}, and models learn numbers around 1; put ${scaled} into train.csv, and turn the submission's back`;
    return [{ what: 'beware', value: name, why }];
  });
}
