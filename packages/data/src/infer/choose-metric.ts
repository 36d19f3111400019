/** A metric that fits the task and what the files hold: no file says which one a competition is scored by. */
import { DECIMAL } from '../tables/cells.ts';
import type { Task } from '../competition/manifest.ts';
import type { Targets } from './find-targets.ts';
import { regressionMetric } from './regression-metric.ts';
import { cellsOf, type Finding, type Given, type MetricGuess, type Profiles, type Tables } from './tables.ts';

/** A class with a smaller share of the rows is rare: nearly all accuracy is that of the others. */
const RARE = 0.2;

export function chooseMetric(
  tables: Tables,
  task: Task,
  context: { targets: Targets; text: readonly string[]; given: Given; profiles: Profiles },
): { metric: string; finding: Finding } {
  const { given } = context;
  if (given.metric)
    return { metric: given.metric, finding: { what: 'metric', value: given.metric, why: 'as given' } };
  const [metric, why, others] = guess(tables, task, context);
  const told = `${why}; the files do not tell it: --metric ${others.join(', ')} or another`;
  return { metric, finding: { what: 'metric', value: metric, why: told } };
}

function guess(
  tables: Tables,
  task: Task,
  { targets, text, profiles }: { targets: Targets; text: readonly string[]; profiles: Profiles },
): MetricGuess {
  const { target, hasClassColumns } = targets;
  const [first] = target;
  const isRarer = (share: number): boolean => Math.min(...shares(cellsOf(tables.train, first!))) < share;
  switch (task) {
    case 'regression':
      return regressionMetric(tables.train, target, { text, profiles });
    case 'ordinal':
      return ['qwk', 'the usual one for classes in an order', ['accuracy', 'mae', 'f1-macro']];
    case 'multi-label':
      return holdsProbabilities(tables, targets)
        ? ['roc-auc', 'the sample holds probabilities of labels', ['log-loss', 'f1-micro']]
        : ['f1-micro', 'the sample holds decisions on labels', ['f1-macro', 'f1-samples', 'roc-auc']];
    case 'binary':
      if (hasClassColumns)
        return ['log-loss', 'the sample asks for the probability of each class', ['roc-auc', 'accuracy']];
      if (holdsProbabilities(tables, targets))
        return ['roc-auc', 'the sample holds probabilities', ['log-loss', 'average-precision', 'f1']];
      return isRarer(RARE)
        ? ['f1', 'the sample holds decisions, and one class is rare', ['roc-auc', 'f1-macro', 'accuracy']]
        : ['accuracy', 'the sample holds decisions', ['f1', 'roc-auc', 'log-loss']];
    case 'multi-class': {
      if (targets.lists)
        return [`map@${targets.lists.most}`, 'the sample ranks classes', ['accuracy', 'f1-macro']];
      if (hasClassColumns || target.length > 1)
        return ['log-loss', 'the sample asks for the probability of each class', ['accuracy', 'roc-auc-ovr']];
      return isRarer(RARE / profiles.get(first!)!.distinct)
        ? ['f1-macro', 'the sample holds decisions, and some classes are rare', ['accuracy', 'f1-weighted']]
        : ['accuracy', 'the sample holds decisions', ['f1-macro', 'f1-weighted']];
    }
  }
}

/** Numbers between 0 and 1, or written with a point where labels are not: `0.5`, and `0.0` beside a train file's `0`. */
function holdsProbabilities({ train, sample }: Tables, { target, submission }: Targets): boolean {
  const called = new Map(Object.entries(submission).map(([column, held]) => [held, column]));
  const names = target.map((name) => called.get(name) ?? name).filter((name) => sample.header.includes(name));
  const cells = names.flatMap((name) => cellsOf(sample, name)).map((cell) => cell.trim());
  const isPointed = (cell: string): boolean => /\.\d/.test(cell);
  return (
    cells.some((cell) => DECIMAL.test(cell) && !Number.isInteger(Number(cell))) ||
    (cells.some(isPointed) && !target.some((name) => cellsOf(train, name).some(isPointed)))
  );
}

function shares(cells: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
  counts.delete('');
  return [...counts.values()].map((count) => count / cells.length);
}
