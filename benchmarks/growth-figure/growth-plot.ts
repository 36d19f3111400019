/** Draws how a step grows, as SVG: seconds and memory over the length, a line for each engine and batch. */
import { svgPanel, type Series } from './svg-panel.ts';

export interface GrowthPoint {
  batch: number;
  /** Tokens of a text. */
  length: number;
  engine: string;
  precision: string;
  ours: boolean;
  min_s: number;
  median_s: number;
  /** In GB, 10⁹ bytes. */
  peak_rss_gb: number;
}

/** Of batches, the smallest first; each a colour for light and one for dark. */
const colours: [light: string, dark: string][] = [
  ['#2563eb', '#7cb0ff'],
  ['#047857', '#4ade9f'],
  ['#b45309', '#fbbf4d'],
  ['#a21caf', '#f09bf7'],
  ['#475569', '#b6c2d4'],
];
/** Of engines, ours first: dash patterns. */
const dashes = ['', '7 5', '2 4', '10 4 2 4'];

const width = 1160;
const panel = { width: 480, height: 370, top: 110 };

/** Lines under the system's colour scheme, light or dark, on a ground of their own. */
export function growthPlot(points: readonly GrowthPoint[], caption: string): string {
  const batches = [...new Set(points.map(({ batch }) => batch))].sort((a, b) => a - b);
  const name = ({ engine, precision }: GrowthPoint) => `${engine}, ${precision}`;
  const engines = [...new Set(points.map(name))];
  const series = (value: (point: GrowthPoint) => number): Series[] =>
    engines.flatMap((engine, e) =>
      batches.map((batch, b) => ({
        points: points
          .filter((point) => point.batch === batch && name(point) === engine)
          .map((point) => ({ x: point.length, y: value(point) })),
        colour: `c${b % colours.length}`,
        dash: dashes[e % dashes.length]!,
        filled: e === 0,
        label: e === 0 ? String(batch) : undefined,
      })),
    );
  const common = { ...panel, xTitle: 'tokens of a text' };
  const height = panel.top + panel.height + 80;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="14" role="img" aria-label="Seconds and peak memory of a training step over the length of texts">`,
    `<style>${style()}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text x="70" y="32" class="title">One training step of MiniLM-L6: time and memory over the length of texts</text>`,
    legend(batches, engines),
    svgPanel({ ...common, left: 70, yTitle: 'seconds a step', series: series(({ min_s }) => min_s) }),
    svgPanel({ ...common, left: 640, yTitle: 'peak memory, GB', series: series((p) => p.peak_rss_gb) }),
    `<text x="70" y="${height - 14}" class="faint">${escape(caption)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function legend(batches: readonly number[], engines: readonly string[]): string {
  const ofBatches = batches.map((batch, b) => {
    const x = 70 + b * 120;
    return `<line x1="${x}" x2="${x + 26}" y1="58" y2="58" class="line c${b % colours.length}"/><text x="${x + 33}" y="63">batch ${batch}</text>`;
  });
  const ofEngines = engines.map((engine, e) => {
    const x = 70 + e * 360;
    return `<line x1="${x}" x2="${x + 34}" y1="84" y2="84" class="line plain" stroke-dasharray="${dashes[e % dashes.length]}"/><text x="${x + 42}" y="89">${escape(engine)}</text>`;
  });
  return [...ofBatches, ...ofEngines].join('\n');
}

function style(): string {
  const palette = (dark: boolean) =>
    colours.map((pair, i) => `.c${i}{stroke:${pair[Number(dark)]};fill:${pair[Number(dark)]}}`).join('') +
    (dark
      ? '.ground,.hollow{fill:#0d1117}text{fill:#e6edf3}.faint{fill:#9aa7b4}.grid{stroke:#2a323d}.axis,.plain{stroke:#9aa7b4}'
      : '.ground,.hollow{fill:#fff}text{fill:#1f2328}.faint{fill:#59636e}.grid{stroke:#e3e7ec}.axis,.plain{stroke:#59636e}');
  // What comes last wins: lines are not filled, though their colours' classes say how marks are.
  return [
    palette(false),
    `@media (prefers-color-scheme:dark){${palette(true)}}`,
    '.line{fill:none;stroke-width:2}.label{font-weight:600;stroke:none}',
    '.title{font-size:17px;font-weight:600}.number{font-size:13px}',
  ].join('');
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
