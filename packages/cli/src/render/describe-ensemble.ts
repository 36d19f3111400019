/** Tells people what a blend is of, and how good it is. */
import { join } from 'node:path';
import type { Ensemble, MethodScores } from 'foldwise';
import { formatScore } from 'foldwise/format';
import { bold, formatTable } from './format.ts';

/** More members than this would not fit on a screen. */
const MOST_CORRELATED = 12;
const MOST_WEIGHTS = 6;

/** @param where the folder that was written */
export function describeEnsemble(ensemble: Ensemble, where: string): string {
  const { pipeline, metrics, members, correlation, tried, failed, chosen, selected } = ensemble;
  const { metric } = metrics;
  const marks = new Map(members.map(({ name }, m) => [name, markOf(m)]));
  const lines = [
    formatTable([
      ['run', metric],
      ...members.map(({ name, score }) => [`${marks.get(name)}  ${name}`, formatScore(score)]),
    ]),
    '',
    ...describeCorrelation(correlation),
    '',
    ...describeMethods(tried, marks),
    ...failed.map(({ method, reason }) => `${method} was left out: ${reason}`),
    '',
    bold(
      `${pipeline}, ${chosen.method} of ${members.length} runs: ${metric} ${formatScore(metrics.score)} on all rows`,
    ),
  ];
  if (selected !== undefined)
    lines.push(
      `The best of ${tried.length} methods by that score, which is a little optimistic for it; ` +
        `each fold by the method that is best on the others: ${formatScore(selected)}`,
    );
  const alone = bestMember(ensemble);
  if (costOf(metrics, alone.score) < costOf(metrics, metrics.score))
    lines.push(
      `Beware: ${alone.name} alone is better; leave weak runs out with --runs` +
        (tried.length === 1 ? ', or try --method all' : ''),
    );
  return [...lines, `Files: ${where}`, `Next: submit ${join(where, 'submission.csv')}`].join('\n');
}

function bestMember({ members, metrics }: Ensemble): Ensemble['members'][number] {
  return members.reduce((a, b) => (costOf(metrics, b.score) < costOf(metrics, a.score) ? b : a));
}

/** Less is better; a score that is not defined is the worst. */
function costOf({ direction }: Ensemble['metrics'], score: number | null): number {
  if (score === null) return Infinity;
  return direction === 'lower' ? score : -score;
}

/** a to z, then a1 to z1 and so on. */
const markOf = (member: number): string =>
  `${String.fromCharCode(97 + (member % 26))}${member < 26 ? '' : Math.floor(member / 26)}`;

/** Errors that are all the same have no correlation. */
const shown = (correlation: number): string => (Number.isNaN(correlation) ? '–' : correlation.toFixed(2));

function describeCorrelation(correlation: readonly number[][]): string[] {
  const pairs = correlation.flatMap((row, i) => row.slice(0, i).map((value, j) => ({ value, i, j })));
  if (correlation.length > MOST_CORRELATED) {
    const [least, most] = [
      pairs.reduce((a, b) => (b.value < a.value ? b : a)),
      pairs.reduce((a, b) => (b.value > a.value ? b : a)),
    ].map(({ value, i, j }) => `${shown(value)} (${markOf(j)} and ${markOf(i)})`);
    return [`Correlation of errors: from ${least} to ${most}`];
  }
  return [
    'Correlation of errors:',
    formatTable([
      ['', ...correlation.slice(0, -1).map((_, m) => markOf(m))],
      ...correlation
        .slice(1)
        .map((row, m) => [
          markOf(m + 1),
          ...row.slice(0, -1).map((value, other) => (other <= m ? shown(value) : '')),
        ]),
    ]),
  ];
}

function describeMethods(tried: readonly MethodScores[], marks: ReadonlyMap<string, string>): string[] {
  const table = formatTable([
    ['method', 'nested', 'optimistic'],
    ...tried.map(({ method, nested, optimistic }) => [method, formatScore(nested), formatScore(optimistic)]),
  ]).split('\n');
  return table.map((line, i) =>
    `${line}  ${i === 0 ? 'weights' : describeWeights(tried[i - 1]!, marks)}`.trimEnd(),
  );
}

function describeWeights({ weights }: MethodScores, marks: ReadonlyMap<string, string>): string {
  if (!weights) return '–';
  const targets = Object.entries(weights);
  return targets
    .map(([target, ofRuns]) => {
      const used = Object.entries(ofRuns)
        .filter(([, weight]) => Math.abs(weight) >= 0.0005)
        .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
      const shown = used
        .slice(0, MOST_WEIGHTS)
        .map(([run, weight]) => `${marks.get(run)} ${weight.toFixed(3)}`);
      const rest = used.length > MOST_WEIGHTS ? ` and ${used.length - MOST_WEIGHTS} more` : '';
      return `${targets.length > 1 ? `${target}: ` : ''}${shown.join(', ')}${rest}`;
    })
    .join('; ');
}
