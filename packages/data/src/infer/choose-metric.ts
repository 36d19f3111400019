/** A metric that fits the task and what the sample holds: no file says which one a competition is scored by. */
import { DECIMAL } from '../decimal.ts';
import type { Task } from '../task.ts';
import type { Targets } from './find-targets.ts';
import { cellsOf, type Finding, type Given, type Profiles, type Tables } from './tables.ts';

/** A class with a smaller share of the rows is rare: nearly all accuracy is that of the others. */
const RARE = 0.2;

export function chooseMetric(
  tables: Tables,
  task: Task,
  { targets, given, profiles }: { targets: Targets; given: Given; profiles: Profiles },
): { metric: string; finding: Finding } {
  const [metric, why] = given.metric ? [given.metric, 'as given'] : guess(tables, task, targets, profiles);
  const others = given.metric ? '' : '; the competition may score by another';
  return { metric, finding: { what: 'metric', value: metric, why: why + others } };
}

function guess({ train, sample }: Tables, task: Task, targets: Targets, profiles: Profiles): [string, string] {
  const { target, hasClassColumns, submission } = targets;
  const called = new Map(Object.entries(submission).map(([column, held]) => [held, column]));
  const cells = (): string[] =>
    sample.header.filter((name) => target.some((t) => name === (called.get(t) ?? t))).flatMap((name) => cellsOf(sample, name));
  switch (task) {
    case 'regression':
      return target.length > 1
        ? ['mcrmse', 'the mean of the targets’ root mean squared errors']
        : ['rmse', 'the usual one for numbers'];
    case 'ordinal':
      return ['qwk', 'the usual one for classes in an order'];
    case 'multi-label':
      return ['roc-auc', 'the mean over the labels, whose rows may be few'];
    case 'binary': {
      const values = cells().map((cell) => cell.trim());
      if (hasClassColumns) return ['log-loss', 'the sample asks for the probability of each class'];
      if (values.some((cell) => DECIMAL.test(cell) && !Number.isInteger(Number(cell))))
        return ['roc-auc', 'the sample holds probabilities'];
      const isRare = Math.min(...shares(cellsOf(train, target[0]!))) < RARE;
      return isRare
        ? ['f1', 'the sample holds decisions, and one class is rare']
        : ['accuracy', 'the sample holds decisions'];
    }
    case 'multi-class': {
      if (hasClassColumns || target.length > 1) return ['log-loss', 'the sample asks for the probability of each class'];
      const { distinct } = profiles.get(target[0]!)!;
      const isRare = Math.min(...shares(cellsOf(train, target[0]!))) < RARE / distinct;
      return isRare
        ? ['f1-macro', 'the sample holds decisions, and some classes are rare']
        : ['accuracy', 'the sample holds decisions'];
    }
  }
}

function shares(cells: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
  return [...counts.values()].map((count) => count / cells.length);
}
