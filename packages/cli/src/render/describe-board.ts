/** Writes a leaderboard for people, as wide as their terminal is. */
import type { Board, RankedGroup, RunResult } from 'foldwise';
import { formatDuration, formatScore } from 'foldwise/format';
import { bold } from './format.ts';

export interface DescribeBoardOptions {
  pipeline: string;
  metric: string;
  direction: 'lower' | 'higher';
  incomplete: readonly { name: string; missing: string }[];
  /** Columns of the terminal. */
  width: number;
}

interface Column {
  title: string;
  /** The first to go where the terminal is too narrow has the largest. */
  drop: number;
  left?: boolean;
  group: (group: RankedGroup) => string;
  /** Of a run of a group of several. */
  run: (run: RunResult) => string;
}

const GAP = '  ';

export function describeBoard(board: Board, options: DescribeBoardOptions): string {
  const { pipeline, metric, direction, incomplete, width } = options;
  const { groups, differing, agreement } = board;
  const columns = fitting(columnsOf(board, metric), board, width);
  const lines = rowsOf(board, columns);
  const room = width - Math.max(...lines.map(({ text }) => text.length)) - GAP.length;
  const settings = groups.map((group) => settingsOf(group, differing));
  // Beside the table where they fit, else below each line.
  const beside = settings.every((text) => text.length <= room);
  const table = lines.flatMap(({ text, group, isGroup }, line) => {
    const own = isGroup ? settings[group]! : line === 0 && differing.length > 0 ? 'differs in' : '';
    const shown = isGroup && groups[group]!.tied ? bold(text) : text;
    if (own === '' || (line === 0 && !beside)) return [shown];
    const all = Math.max(...lines.map((one) => one.text.length));
    return beside
      ? [`${shown}${' '.repeat(all - text.length)}${GAP}${own}`]
      : [shown, ...wrap(own, width - 5).map((part) => `     ${part}`)];
  });
  const runs = groups.reduce((sum, group) => sum + group.runs.length, 0);
  return [
    bold(`${pipeline}: ${runs} ${runs === 1 ? 'run' : 'runs'} by ${metric}, ${direction} is better`),
    ...table,
    ...noise(groups).flatMap((line) => wrap(line, width)),
    ...(agreement
      ? wrap(
          `Cross-validation and public scores of ${agreement.runs} runs: Spearman ${formatScore(agreement.spearman)}, Kendall ${formatScore(agreement.kendall)}`,
          width,
        )
      : []),
    ...incomplete.flatMap(({ name, missing }) => wrap(`Not ranked: ${name} ${missing}`, width)),
  ].join('\n');
}

function columnsOf({ groups }: Board, metric: string): Column[] {
  const has = (of: (group: RankedGroup) => unknown): boolean => groups.some((group) => of(group) !== null);
  const digits = Math.max(...groups.map(({ rank }) => String(rank).length));
  const shared = new Map<number, number>();
  for (const { rank } of groups) shared.set(rank, (shared.get(rank) ?? 0) + 1);
  const optional = (column: Column, of: (group: RankedGroup) => unknown): Column[] =>
    has(of) ? [column] : [];
  const none = (): string => '';
  return [
    {
      title: '#',
      drop: 0,
      group: ({ rank }) => `${String(rank).padStart(digits)}${shared.get(rank)! > 1 ? '=' : ' '}`,
      run: none,
    },
    {
      title: 'run',
      drop: 0,
      left: true,
      group: ({ name, runs }) => (runs.length > 1 ? `${name} × ${runs.length} seeds` : name),
      run: ({ name, seed }) => `  seed ${seed}: ${name.slice(-6)}`,
    },
    {
      title: metric,
      drop: 0,
      group: ({ score }) => formatScore(score),
      run: ({ score }) => formatScore(score),
    },
    ...optional(
      {
        title: '± folds',
        drop: 1,
        group: ({ foldsError }) => formatScore(foldsError),
        run: ({ foldScores }) => formatScore(errorOf(foldScores)),
      },
      ({ foldsError }) => foldsError,
    ),
    ...optional(
      { title: '± seeds', drop: 2, group: ({ seedsError }) => formatScore(seedsError), run: none },
      ({ seedsError }) => seedsError,
    ),
    ...optional(
      {
        title: 'behind',
        drop: 3,
        group: ({ behind }) => (behind ? formatScore(behind.difference) : ''),
        run: none,
      },
      ({ behind }) => behind,
    ),
    ...optional(
      { title: 'p', drop: 1, group: ({ behind }) => (behind ? probability(behind.p) : ''), run: none },
      ({ behind }) => behind,
    ),
    ...optional(
      {
        title: 'time',
        drop: 4,
        group: ({ seconds }) => (seconds === null ? '–' : formatDuration(seconds)),
        run: ({ seconds }) => (seconds === undefined ? '–' : formatDuration(seconds)),
      },
      ({ seconds }) => seconds,
    ),
    ...optional(
      {
        title: 'GiB',
        drop: 6,
        group: ({ peakMemoryBytes }) => gibibytes(peakMemoryBytes),
        run: ({ peakMemoryBytes }) => gibibytes(peakMemoryBytes ?? null),
      },
      ({ peakMemoryBytes }) => peakMemoryBytes,
    ),
    ...optional(
      { title: 'weights', drop: 5, group: ({ parameters }) => millions(parameters), run: none },
      ({ parameters }) => parameters,
    ),
    ...optional(
      {
        title: 'public',
        drop: 0,
        group: (group) => formatScore(group.public),
        run: (run) => formatScore(run.public),
      },
      (group) => group.public,
    ),
  ];
}

/** What the ranks say of chance. */
function noise(groups: readonly RankedGroup[]): string[] {
  const [best, ...others] = groups as [RankedGroup, ...RankedGroup[]];
  const paired = others.filter(({ behind }) => behind !== null);
  const tied = paired.filter((group) => group.tied).length;
  const alone = others.length - paired.length;
  return [
    ...(paired.length === 0
      ? []
      : [
          tied === 0
            ? `${best.name} is better than ${paired.length === 1 ? 'the other' : 'all others'} by more than noise.`
            : `Within noise of the best: ${tied} of ${paired.length}. Equal ranks: chance alone makes such differences.`,
        ]),
    ...(alone === 0 ? [] : [`Not on the folds of the best, so that no test compares them: ${alone}.`]),
  ];
}

interface Line {
  text: string;
  group: number;
  isGroup: boolean;
}

function rowsOf({ groups }: Board, columns: readonly Column[]): Line[] {
  const lines = groups.flatMap((group, g) => [
    { cells: columns.map((column) => column.group(group)), group: g, isGroup: true },
    ...(group.runs.length > 1
      ? group.runs.map((run) => ({
          cells: columns.map((column) => column.run(run)),
          group: g,
          isGroup: false,
        }))
      : []),
  ]);
  const all = [{ cells: columns.map(({ title }) => title), group: -1, isGroup: false }, ...lines];
  const widths = columns.map((_, c) => Math.max(...all.map(({ cells }) => cells[c]!.length)));
  return all.map(({ cells, ...line }) => ({
    ...line,
    text: cells
      .map((cell, c) => (columns[c]!.left ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join(GAP)
      .trimEnd(),
  }));
}

/** Leaves out what matters least until the table is as narrow as the terminal. */
function fitting(columns: Column[], board: Board, width: number): Column[] {
  const widest = Math.max(...rowsOf(board, columns).map(({ text }) => text.length));
  const least = columns.reduce((a, b) => (b.drop > a.drop ? b : a));
  if (widest <= width || least.drop === 0) return columns;
  return fitting(
    columns.filter((column) => column !== least),
    board,
    width,
  );
}

const settingsOf = ({ settings }: RankedGroup, differing: readonly string[]): string =>
  differing
    .filter((path) => settings[path] !== undefined)
    .map((path) => `${path.replace(/^training\./, '')} ${written(settings[path])}`)
    .join(', ');

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const probability = (p: number): string => (p < 0.001 ? '<.001' : p.toFixed(3).replace(/^0/, ''));
const gibibytes = (bytes: number | null): string => (bytes === null ? '–' : (bytes / 2 ** 30).toFixed(1));
const millions = (count: number | null): string => (count === null ? '–' : `${(count / 1e6).toFixed(1)} M`);

function errorOf(scores: readonly number[]): number | null {
  if (scores.length < 2) return null;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return Math.sqrt(squares / (scores.length - 1) / scores.length);
}
