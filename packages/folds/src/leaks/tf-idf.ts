/**
 * Words by TF-IDF, as scikit-learn's TfidfVectorizer has them by default: lower-case words of two characters or more,
 * counts times log((1 + texts) / (1 + texts with the word)) + 1, each row of length one. Words of one text are left out.
 */

/** Rows of few entries: those of row r are at starts[r] up to starts[r + 1]. */
export interface SparseRows {
  starts: Int32Array;
  columns: Int32Array;
  values: Float64Array;
}

const WORD = /[\p{L}\p{N}_]{2,}/gu;

/** @returns the rows, and the words of the columns, in the order of their character codes */
export function tfIdf(texts: readonly string[]): { rows: SparseRows; words: string[] } {
  const counts = texts.map((text) => {
    const ofText = new Map<string, number>();
    for (const [word] of text.toLowerCase().matchAll(WORD)) ofText.set(word, (ofText.get(word) ?? 0) + 1);
    return ofText;
  });
  const textsWith = new Map<string, number>();
  for (const ofText of counts)
    for (const word of ofText.keys()) textsWith.set(word, (textsWith.get(word) ?? 0) + 1);
  const words = [...textsWith.keys()].filter((word) => textsWith.get(word)! > 1).sort();
  const columnOf = new Map(words.map((word, column) => [word, column]));
  const idf = words.map((word) => Math.log((1 + texts.length) / (1 + textsWith.get(word)!)) + 1);

  const starts = new Int32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  counts.forEach((ofText, row) => {
    const entries = [...ofText].flatMap(([word, count]) => {
      const column = columnOf.get(word);
      return column === undefined ? [] : [{ column, value: count * idf[column]! }];
    });
    const length = Math.hypot(...entries.map(({ value }) => value));
    for (const { column, value } of entries) {
      columns.push(column);
      values.push(value / length);
    }
    starts[row + 1] = columns.length;
  });
  return { rows: { starts, columns: Int32Array.from(columns), values: Float64Array.from(values) }, words };
}
