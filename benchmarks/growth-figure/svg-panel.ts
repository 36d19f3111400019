/** One panel of a plot, as SVG: lines over two logarithmic axes. */

export interface Series {
  points: { x: number; y: number }[];
  /** A class of the plot's style. */
  colour: string;
  /** The line's dash pattern; empty for a solid one. */
  dash: string;
  /** Whether its marks are filled circles, or hollow squares. */
  filled: boolean;
  /** Stands beside the last point. */
  label: string | undefined;
}

export interface PanelOptions {
  left: number;
  top: number;
  width: number;
  height: number;
  xTitle: string;
  yTitle: string;
  series: readonly Series[];
}

/** The horizontal axis has a tick at each x that there is, the vertical one at 1, 2 and 5 times powers of ten. */
export function svgPanel({ left, top, width, height, xTitle, yTitle, series }: PanelOptions): string {
  const points = series.flatMap((one) => one.points);
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const ticks = ticksAround(points.map(({ y }) => y));
  const x = scale([xs[0]!, xs.at(-1)!], left + 16, left + width - 36);
  const y = scale([ticks[0]!, ticks.at(-1)!], top + height, top);
  const [right, bottom] = [left + width, top + height];
  const lines = [...series].reverse(); // The first series lies on top.
  return [
    ...ticks.map((tick) => `<line x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}" class="grid"/>`),
    ...ticks.map((tick) => text(left - 9, y(tick) + 5, String(tick), 'number', 'end')),
    ...xs.map(
      (tick) => `<line x1="${x(tick)}" x2="${x(tick)}" y1="${bottom}" y2="${bottom + 5}" class="axis"/>`,
    ),
    ...xs.map((tick) => text(x(tick), bottom + 21, String(tick), 'number', 'middle')),
    `<line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" class="axis"/>`,
    text((left + right) / 2, bottom + 42, xTitle, 'faint', 'middle'),
    `<g transform="rotate(-90 ${left - 48} ${(top + bottom) / 2})">${text(left - 48, (top + bottom) / 2, yTitle, 'faint', 'middle')}</g>`,
    ...lines.map(({ points, colour, dash, filled }) =>
      draw(
        points.map((p) => ({ x: x(p.x), y: y(p.y) })),
        colour,
        dash,
        filled,
      ),
    ),
    ...labels(series, x, y),
  ].join('\n');
}

function draw(points: { x: number; y: number }[], colour: string, dash: string, filled: boolean): string {
  const path = points.map(({ x, y }) => `${x},${y}`).join(' ');
  const marks = points.map(({ x, y }) =>
    filled
      ? `<circle cx="${x}" cy="${y}" r="4" class="${colour}"/>`
      : `<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7" stroke-width="2" class="${colour} hollow"/>`,
  );
  return [`<polyline points="${path}" stroke-dasharray="${dash}" class="${colour} line"/>`, ...marks].join(
    '',
  );
}

/** Beside each last point, moved down where they would lie on each other. */
function labels(
  series: readonly Series[],
  x: (value: number) => number,
  y: (value: number) => number,
): string[] {
  const wanted = series
    .filter(({ label, points }) => label !== undefined && points.length > 0)
    .map(({ points, colour, label }) => {
      const last = points.reduce((a, b) => (b.x > a.x ? b : a));
      return { x: x(last.x) + 10, y: y(last.y) + 5, colour, label: label! };
    })
    .sort((a, b) => a.y - b.y);
  wanted.forEach((one, i) => {
    for (const above of wanted.slice(0, i)) if (above.x === one.x) one.y = Math.max(one.y, above.y + 15);
  });
  return wanted.map(({ x, y, colour, label }) => text(x, y, label, `${colour} label`, 'start'));
}

function text(x: number, y: number, content: string, style: string, anchor: string): string {
  return `<text x="${x}" y="${y}" class="${style}" text-anchor="${anchor}">${content}</text>`;
}

/** Positions of values, by their logarithms, to a tenth of a pixel. */
function scale([from, to]: [number, number], start: number, end: number): (value: number) => number {
  return (value) => {
    const share = to === from ? 0.5 : Math.log(value / from) / Math.log(to / from);
    return Math.round((start + share * (end - start)) * 10) / 10;
  };
}

/** The fewest of 1, 2 and 5 times powers of ten that enclose the values. */
function ticksAround(values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const all: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++)
    for (const digit of [1, 2, 5]) all.push(Number((digit * 10 ** power).toPrecision(1)));
  const first = all.findLastIndex((tick) => tick <= least);
  return all.slice(first, all.findIndex((tick) => tick >= most) + 1);
}
