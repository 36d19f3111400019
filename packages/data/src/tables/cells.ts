/** What a cell of text holds: a number, or nothing. */

/** Decimal numbers only: `Number` alone would also take '', '0x10' and 'Infinity'. */
export const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a text is empty, or of white space alone. */
export function isBlank(text: string): boolean {
  // Most texts begin with a letter.
  const first = text.charCodeAt(0);
  return !(first > 32 && first < 127) && !/\S/.test(text);
}
