/** Draws the labels of each fold beside those of all rows, as SVG: shares of classes, or boxes of numbers. */
import type { FoldDescription } from './describe-folds.ts';

/** Okabe & Ito's, which people with any colour vision tell apart; each for light grounds and for dark ones. */
const colours: [light: string, dark: string][] = [
  ['#0072b2', '#56b4e9'],
  ['#d55e00', '#e69f00'],
  ['#009e73', '#2fd6a3'],
  ['#b0518a', '#e3a0c8'],
  ['#7a6a00', '#f0e442'],
  ['#56789a', '#9db8d2'],
];
const MOST_LABELS = 12;
const MOST_FOLDS = 20;
const [left, top, plotHeight, right] = [76, 104, 300, 24];

type Part = FoldDescription['parts'][number];

/** @param title what stands above the plot @param isNumeric whether the labels are numbers rather than shares */
export function plotFolds({ names, parts }: FoldDescription, title: string, isNumeric: boolean): string {
  const all = parts.at(-1)!;
  const folds = parts.slice(0, -1).slice(0, MOST_FOLDS);
  const largest = [...names.keys()].sort((a, b) => all.labels[b]! - all.labels[a]!).slice(0, MOST_LABELS);
  const shown = isNumeric ? [...names.keys()].slice(0, MOST_LABELS) : largest.sort((a, b) => a - b);
  const leftOut = [
    ...(shown.length < names.length
      ? [`the ${shown.length} ${isNumeric ? 'first' : 'largest'} of ${names.length} labels`]
      : []),
    ...(folds.length < parts.length - 1 ? [`the first ${folds.length} of ${parts.length - 1} folds`] : []),
  ];
  const least = Math.max(
    64,
    folds.length * 16 + 20,
    ...shown.map((label) => 8 * names[label]!.slice(0, 24).length + 12),
  );
  const width = Math.max(640, left + right + least * shown.length);
  const block = (width - left - right) / shown.length;
  const step = Math.min(44, (block - 20) / folds.length);
  const thick = round(step * 0.75);
  const bottom = top + plotHeight;
  const ends = isNumeric
    ? extent(parts.flatMap(({ quantiles }) => shown.flatMap((label) => quantiles![label]!)))
    : extent([0, ...parts.flatMap(({ labels }) => shown.map((label) => labels[label]!))]);
  const ticks = ticksOver(ends);
  const [lowest, highest] = isNumeric
    ? [Math.min(ends[0], ticks[0]!), Math.max(ends[1], ticks.at(-1)!)]
    : [0, ticks.at(-1)!];
  const y = (value: number): number =>
    round(bottom - ((value - lowest) / (highest - lowest || 1)) * plotHeight);

  const drawn = shown.map((label, place) => {
    const start = left + place * block + (block - folds.length * step) / 2;
    const marks = folds.map((part, f) =>
      isNumeric
        ? box(part.quantiles![label]!, { x: round(start + f * step), thick, fold: f }, y)
        : bar(part.labels[label]!, { x: round(start + f * step), thick, fold: f }, y),
    );
    const whole = isNumeric ? all.quantiles![label]![2]! : all.labels[label]!;
    const line = `<line x1="${round(start - 6)}" x2="${round(start + folds.length * step + 2)}" y1="${y(whole)}" y2="${y(whole)}" class="whole"/>`;
    return [
      ...marks,
      line,
      text(left + (place + 0.5) * block, bottom + 20, clip(names[label]!, 24), 'number', 'middle'),
    ].join('\n');
  });
  const what = isNumeric ? 'value of the target' : 'share of the held-out rows';
  const under = [
    isNumeric ? 'boxes: quarters and median of the held-out rows; whiskers: from 5 % to 95 %' : '',
    leftOut.length > 0 ? `shown: ${leftOut.join(', ')}` : '',
  ];
  const height = bottom + 64;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="14" role="img" aria-label="${escape(title)}">`,
    `<style>${style()}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    text(left - 52, 30, title, 'title', 'start'),
    legend(folds, isNumeric),
    ...ticks.map(
      (tick) => `<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" class="grid"/>`,
    ),
    ...ticks.map((tick) => text(left - 9, y(tick) + 5, String(tick), 'number', 'end')),
    `<line x1="${left}" x2="${width - right}" y1="${bottom}" y2="${bottom}" class="axis"/>`,
    `<g transform="rotate(-90 20 ${top + plotHeight / 2})">${text(20, top + plotHeight / 2, what, 'faint', 'middle')}</g>`,
    ...drawn,
    text(left - 52, height - 16, under.filter(Boolean).join('; '), 'faint', 'start'),
    '</svg>',
    '',
  ].join('\n');
}

/** Where a fold's mark stands in its block. */
interface Place {
  x: number;
  thick: number;
  fold: number;
}

function bar(value: number, { x, thick, fold }: Place, y: (value: number) => number): string {
  return `<rect x="${x}" y="${y(value)}" width="${thick}" height="${round(y(0) - y(value))}" class="${colour(fold)}"/>`;
}

function box(values: readonly number[], { x, thick, fold }: Place, y: (value: number) => number): string {
  const [least, lower, middle, upper, most] = values.map(y) as [number, number, number, number, number];
  const centre = round(x + thick / 2);
  return [
    `<line x1="${centre}" x2="${centre}" y1="${least}" y2="${most}" class="${colour(fold)} whisker"/>`,
    `<rect x="${x}" y="${upper}" width="${thick}" height="${Math.max(1, round(lower - upper))}" class="${colour(fold)}"/>`,
    `<line x1="${x}" x2="${round(x + thick)}" y1="${middle}" y2="${middle}" class="middle"/>`,
  ].join('');
}

/** Folds that share a colour differ by their place, which is the same in every block. */
const colour = (fold: number): string => `c${fold % colours.length}`;

function legend(folds: readonly Part[], isNumeric: boolean): string {
  const few = folds.slice(0, colours.length);
  const keys = few.map(({ name }, f) => {
    const x = left - 52 + f * 92;
    return `<rect x="${x}" y="49" width="12" height="12" class="${colour(f)}"/>${text(x + 18, 60, clip(`fold ${name}`, 9), '', 'start')}`;
  });
  const x = left - 52;
  const more = folds.length > few.length ? '; further folds follow from left to right' : '';
  return [
    ...keys,
    `<line x1="${x}" x2="${x + 26}" y1="78" y2="78" class="whole"/>`,
    text(x + 34, 83, `${isNumeric ? 'the median of all rows' : 'all rows'}${more}`, '', 'start'),
  ].join('\n');
}

/** Four to eight round numbers that reach over the values. */
function ticksOver([from, to]: [number, number]): number[] {
  const rough = (to - from || Math.abs(to) || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(10)));
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function style(): string {
  const palette = (dark: boolean) =>
    colours
      .map((pair, i) => `.c${i}{fill:${pair[Number(dark)]};stroke:${pair[Number(dark)]};stroke-width:0}`)
      .join('') +
    (dark
      ? '.ground{fill:#0d1117}text{fill:#e6edf3}.faint{fill:#9aa7b4}.grid{stroke:#2a323d}.axis{stroke:#9aa7b4}.whole{stroke:#fff}.middle{stroke:#0d1117}'
      : '.ground{fill:#fff}text{fill:#1f2328}.faint{fill:#59636e}.grid{stroke:#e3e7ec}.axis{stroke:#59636e}.whole{stroke:#000}.middle{stroke:#fff}');
  return [
    palette(false),
    `@media (prefers-color-scheme:dark){${palette(true)}}`,
    '.whole{stroke-width:2;stroke-dasharray:5 3}.whisker{stroke-width:2}.middle{stroke-width:2}',
    '.title{font-size:17px;font-weight:600}.number{font-size:13px}.faint{font-size:13px}',
  ].join('');
}

function text(x: number, y: number, content: string, style: string, anchor: string): string {
  return `<text x="${round(x)}" y="${round(y)}" class="${style}" text-anchor="${anchor}">${escape(content)}</text>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const clip = (name: string, most: number): string =>
  name.length > most ? `${name.slice(0, most - 1)}…` : name;
const escape = (content: string): string =>
  content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
