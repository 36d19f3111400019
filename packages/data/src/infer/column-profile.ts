/** What one column of a file looks like, from which its part in a competition is guessed. */
import { DECIMAL } from '../tables/cells.ts';
import { isLooseNumber, isMissingWord, missingAmong } from '../tables/missing-cells.ts';

export interface ColumnProfile {
  name: string;
  rows: number;
  /** Cells without a value, as `missingAmong` tells. */
  empty: number;
  /** Unlike cells that have one, trimmed. */
  distinct: number;
  /** These cells in order of appearance, where they are `MANY` or fewer. */
  values: string[] | undefined;
  /** Every cell with a value is a number. */
  isNumeric: boolean;
  /** Unlike cells that are no numbers, where nearly all others are, or these are numbers to people: likely mistakes. */
  odd: string[];
  /** Unlike cells that are values here, but are written as missing ones are, such as `NA` among names. */
  missingWords: string[];
  /** The mean number of words of a cell that is not blank. */
  words: number;
  /** Most cells are addresses of web pages. */
  isAddress: boolean;
  /** Most cells are dates, with or without a time. */
  isDate: boolean;
}

/** Such as `2017-11-03 12:05:12`, `3.11.2017`, `Fri Nov 03 12:05:12 +0000 2017` and `Nov 3, 2017`. */
const DATE =
  /^\s*(\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([T ]+[\d:.+Z -]+([ap]m)?)?|((mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(\d{1,2} )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? [\d:,+ -]*(utc|gmt|[ap]m)?[\d ]*)\s*$/i;

/** More than the classes of any task that is worth training. */
const MANY = 1000;
/** The share of cells that are no numbers, below which they look like mistakes among numbers. */
const MISTAKES = 0.1;
/** Up to as many shares or amounts may be names of classes, such as `10%` and `20%`. */
const FEW = 20;
/** Cells by which words are counted. */
const LOOKED_AT = 2000;

/** @param cells [rows] */
export function columnProfile(name: string, cells: readonly string[]): ColumnProfile {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const value = cell.trim();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const isMissing = missingAmong(counts.keys());
  const sum = (values: readonly string[]): number =>
    values.reduce((all, value) => all + counts.get(value)!, 0);
  const unlike = [...counts.keys()];
  const values = unlike.filter((value) => !isMissing(value));
  const empty = sum(unlike.filter(isMissing));
  const noNumbers = values.filter((value) => !DECIMAL.test(value));
  const isLoose = noNumbers.every(isLooseNumber) && (noNumbers.length < values.length || values.length > FEW);
  const areMistakes = isLoose || sum(noNumbers) < MISTAKES * (cells.length - empty);
  const step = Math.max(1, Math.floor(cells.length / LOOKED_AT));
  const looked = cells.filter((cell, row) => row % step === 0 && cell.trim() !== '');
  const dates = looked.filter((cell) => DATE.test(cell)).length;
  const addresses = looked.filter((cell) => /^\s*(https?:\/\/|www\.)\S+\s*$/i.test(cell)).length;
  return {
    name,
    rows: cells.length,
    empty,
    distinct: values.length,
    values: values.length <= MANY ? values : undefined,
    isNumeric: noNumbers.length === 0 && values.length > 0,
    odd: areMistakes ? noNumbers : [],
    missingWords: values.filter(isMissingWord),
    words: looked.reduce((words, cell) => words + countWords(cell), 0) / Math.max(1, looked.length),
    isAddress: looked.length > 0 && addresses > looked.length / 2,
    isDate: looked.length > 0 && dates > looked.length / 2,
  };
}

/** Chinese and Japanese are written without spaces: there, two characters are taken for a word. */
export function countWords(text: string): number {
  const spaced = text.match(/[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu)?.length ?? 0;
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return spaced + dense / 2;
}
