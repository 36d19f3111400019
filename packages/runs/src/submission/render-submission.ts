/** Writes the text of a submission as the sample's program would have: line ends, quotes, decimals, spelling. */
import { csvField, type Competition } from '@foldwise/data';
import type { SubmissionColumn } from './submission-columns.ts';

/**
 * Numbers have the fewest digits that read back to the same double, no exponent, and at least as many decimals as the
 * sample's cells: digits are never cut, for samples are full of zeros and rounding costs score. Probabilities that are
 * beyond 0 and 1 by rounding alone are 0 and 1.
 */
export function renderSubmission(
  { style }: Competition['sample'],
  columns: readonly SubmissionColumn[],
): string {
  const cell = (text: string, quoted: boolean | undefined): string => {
    const field = csvField(text);
    return quoted && !field.startsWith('"') ? `"${field}"` : field;
  };
  const texts = columns.map(({ kind, cells }, c) => {
    const decimals = style.decimals[c];
    const write = writer(kind, decimals);
    return Array.from(cells as ArrayLike<string | number>, (value) =>
      cell(write(value), style.quoted[c]?.cells),
    );
  });
  const header = columns.map(({ name }, c) => cell(name, style.quoted[c]?.header)).join(',');
  const rows = Array.from({ length: texts[0]!.length }, (_, row) =>
    texts.map((text) => text[row]!).join(','),
  );
  return [header, ...rows, ''].join(style.lineEnd);
}

function writer(
  kind: SubmissionColumn['kind'],
  decimals: number | undefined,
): (value: string | number) => string {
  switch (kind) {
    case 'id':
    case 'ranking':
      return String;
    case 'label':
      return (value) => spelled(String(value), decimals);
    case 'probability':
      return (value) => plain(Math.min(1, Math.max(0, Number(value))), decimals);
    case 'number':
      return (value) => plain(Number(value), decimals);
  }
}

/** A class that the train file has as 1.0 and the sample as 1 is written as the sample has it. */
function spelled(label: string, decimals: number | undefined): string {
  const match = /^-?(?:0|[1-9]\d*)(?:\.(\d*))?$/.exec(label);
  if (!match || decimals === undefined || (match[1]?.length ?? 0) === decimals) return label;
  const fixed = Number(label).toFixed(decimals);
  return Number(fixed) === Number(label) ? fixed : label;
}

function plain(value: number, decimals = 0): string {
  const shortest = String(value === 0 ? 0 : value); // -0 is 0 to readers.
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(shortest)!;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const behind = padded.slice(at).padEnd(decimals, '0');
  return sign + padded.slice(0, at) + (behind === '' ? '' : `.${behind}`);
}
