/** A row's texts together, for what compares rows or looks for words; models take them apart. */

/**
 * @param columns [columns][rows]
 * @returns [rows], each text on lines of its own
 */
export function joinTexts(columns: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = columns;
  if (others.length === 0) return first;
  return first.map((text, row) => [text, ...others.map((column) => column[row]!)].join('\n'));
}
