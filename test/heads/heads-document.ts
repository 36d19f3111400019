/** The parts of docs/heads.md that the registry and the checks write. */
import type { HeadKind } from '@foldwise/heads';

export interface HeadRow {
  spec: string;
  /** Features of a text and weights that the head adds, on each encoder; undefined where it could not be built. */
  size: { features: number; weights: number } | undefined;
  /** By the encoder's name: how many checks passed, of how many. */
  checks: Readonly<Record<string, string>>;
}

/** Every kind of head: how it is written, what it is, where it is from. */
export function listHeads(heads: Readonly<Record<string, HeadKind>>): string {
  const rows = Object.values(heads).map(({ syntax, description, source }) => [
    `\`${syntax}\``,
    description,
    source,
  ]);
  return formatTable([['head', 'what a text becomes', 'source'], ...rows]);
}

/** Every example on every encoder. */
export function listChecks(rows: readonly HeadRow[], encoders: readonly string[]): string {
  const cells = rows.map(({ spec, size, checks }) => [
    `\`${spec}\``,
    size ? String(size.features) : '',
    size ? size.weights.toLocaleString('en-US') : '',
    ...encoders.map((encoder) => checks[encoder] ?? 'not run'),
  ]);
  return formatTable([['head', 'features', 'weights it adds', ...encoders], ...cells], [1, 2]);
}

/** @throws where the document lacks the two comments around the section */
export function replaceSection(document: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: written by the tests -->\n`, `<!-- end of ${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document lacks "${begin.trim()}" before "${end}".`);
  return `${document.slice(0, from)}${begin}\n${content}\n\n${document.slice(to)}`;
}

/** As prettier writes Markdown tables; `right` numbers the columns of numbers. */
function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = escaped[0]!.map((_, c) => Math.max(3, ...escaped.map((row) => row[c]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, c) => (right.includes(c) ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!))).join(' | ')} |`;
  const rule = widths.map((width, c) =>
    right.includes(c) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(escaped[0]!), line(rule), ...escaped.slice(1).map(line)].join('\n');
}
