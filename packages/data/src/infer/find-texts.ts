/** Finds the texts: the columns of words in both train and test; all others are left out, and named. */
import type { Finding, Given, Profiles, Tables } from './tables.ts';
import { Undecided } from './undecided.ts';

export interface Texts {
  text: string[];
  finding: Finding;
  /** Columns of both files that are neither ids nor texts. */
  unused: string[];
}

/** The share of rows with a text; columns with fewer hold the pieces of lines that were split amiss. */
const FILLED = 0.05;
/** Words a cell, from which on a column is text whatever the others are. */
export const SENTENCE = 4;

/**
 * @param taken columns that have another part
 * @throws Undecided where no column holds words
 */
export function findTexts(
  { train, test }: Tables,
  taken: readonly string[],
  { given, profiles }: { given: Given; profiles: Profiles },
): Texts {
  const common = train.header.filter((name) => test.header.includes(name) && !taken.includes(name));
  if (given.text) {
    for (const file of [train, test]) {
      const unknown = given.text.find((name) => !file.header.includes(name));
      if (unknown !== undefined)
        throw new Error(`--text: there is no column ${JSON.stringify(unknown)} in ${file.path}`);
    }
    return result(given.text, common, 'as given');
  }
  const worded = common
    .map((name) => profiles.get(name)!)
    .filter(
      ({ isNumeric, isAddress, isDate, distinct, rows, empty }) =>
        !isNumeric && !isAddress && !isDate && distinct > 1 && rows - empty > FILLED * rows,
    );
  const longest = Math.max(0, ...worded.map(({ words }) => words));
  // Short phrases are texts where there is nothing longer, as in a comparison of two terms.
  const isText =
    longest >= SENTENCE ? (words: number) => words >= SENTENCE : (words: number) => words > longest * 0.6;
  const texts = worded.filter(
    ({ words, distinct, rows, empty }) => isText(words) && isVaried(distinct, rows - empty),
  );
  if (texts.length === 0)
    throw new Undecided(
      'text',
      worded.length === 0
        ? `no column of ${train.path} and ${test.path} holds words: ${common.length > 0 ? `${common.join(', ')} are numbers, dates, addresses or all alike` : 'they have none in common'}`
        : `no column of ${train.path} and ${test.path} holds texts that vary`,
      common,
    );
  const words = texts.map(({ words }) => (words < 10 ? words.toFixed(1) : words.toFixed(0))).join(', ');
  const many = texts.length > 1 ? 'of train and test, those of' : 'of train and test, the one of';
  return result(
    texts.map(({ name }) => name),
    common,
    `${many} ${longest >= SENTENCE ? 'running text' : 'the longest phrases'} (${words} words a row)`,
  );
}

/** A few values that repeat are categories, however long they are. */
const isVaried = (distinct: number, rows: number): boolean => distinct > Math.min(30, rows / 3);

function result(text: string[], common: readonly string[], why: string): Texts {
  const pair = text.length > 2 ? '; a pair of the first and the others' : text.length === 2 ? '; a pair' : '';
  return {
    text,
    finding: { what: 'text', value: text.join(', '), why: why + pair },
    unused: common.filter((name) => !text.includes(name)),
  };
}
