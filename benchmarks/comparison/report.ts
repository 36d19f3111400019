/** What a benchmark prints: a table, JSON with `--json`, rows of Markdown with `--markdown`. */
import type { Compared } from './compare.ts';
import { machine } from './machine.ts';
import { round, type Measured } from './turns.ts';

/** For `parseArgs`. */
export const reportOptions = {
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const;

export interface Report {
  /** What was measured, for the rows of Markdown. */
  what: string;
  /** How it was run. */
  settings: Record<string, unknown>;
  measured: readonly Measured[];
  compared: Compared;
  /** Which quantity fills the column of seconds, and with it that of the ratio. */
  seconds: string;
}

/** JSON has our engine and numbers at its top, then `ratio`, `engines` and everything that was measured. */
export function report(as: { json: boolean; markdown: boolean }, of: Report): void {
  const { what, settings, measured, compared, seconds } = of;
  const { engines, ratio } = compared;
  const { engine, precision, values } = engines[0]!;
  if (as.json) {
    const ours = { engine, precision, ...values };
    console.log(JSON.stringify({ ...ours, ratio, machine: machine(), settings, engines, measured }));
  } else if (as.markdown) {
    console.log(`${machine()}:\n\n${markdownRows(what, compared, seconds).join('\n')}`);
  } else {
    console.table(
      engines.map(({ engine, precision, runs, values }) => ({
        engine,
        precision,
        runs,
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)])),
      })),
    );
    for (const [name, value] of Object.entries(ratio ?? {}))
      console.log(`${name}: ours by the best peer's is ${value.toFixed(3)}`);
  }
}

/** A row of README.md's table for each engine; the ratios stand in ours. */
export function markdownRows(what: string, { engines, ratio }: Compared, seconds: string): string[] {
  const memory = 'peak_rss_gb';
  return engines.map(({ engine, precision, values }, i) => {
    const cell = (name: string) => (values[name] === undefined ? '–' : String(round(values[name])));
    const ofRatio = (name: string) => (i === 0 ? (ratio?.[name]?.toFixed(2) ?? '–') : '');
    const cells = [cell(seconds), cell(memory), ofRatio(seconds), ofRatio(memory)];
    return `| ${[i === 0 ? what : '', engine, precision, ...cells].join(' | ')} |`;
  });
}
