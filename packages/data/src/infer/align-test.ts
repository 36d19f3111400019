/** Gives the test file's texts the name that they have in train, where a competition calls them otherwise. */
import type { FileTable } from '../tables/read-table.ts';
import { columnProfile } from './column-profile.ts';
import { SENTENCE } from './find-texts.ts';
import { cellsOf, type Tables } from './tables.ts';

/** Rows by which texts are known. */
const LOOKED_AT = 2000;

export interface Aligned {
  test: FileTable;
  /** The test file's column, and its name in train. */
  renamed: { from: string; to: string } | undefined;
}

/** Renames a column where the files have no text in common, but each has a single one of its own that the sample lacks. */
export function alignTest({ train, test, sample }: Tables): Aligned {
  const texts = (file: FileTable): string[] =>
    file.header.filter((name) => {
      const { isNumeric, isAddress, isDate, words, distinct } = columnProfile(
        name,
        cellsOf(file, name).slice(0, LOOKED_AT),
      );
      return (
        !isNumeric &&
        !isAddress &&
        !isDate &&
        words >= SENTENCE &&
        distinct > 1 &&
        !sample.header.includes(name)
      );
    });
  const [inTrain, inTest] = [texts(train), texts(test)];
  const isShared = inTrain.some((name) => test.header.includes(name));
  const [to, from] = [inTrain[0], inTest[0]];
  if (isShared || inTrain.length !== 1 || inTest.length !== 1 || train.header.includes(from!))
    return { test, renamed: undefined };
  const old = (name: string): string => (name === to ? from! : name);
  return {
    test: {
      ...test,
      header: test.header.map((name) => (name === from ? to! : name)),
      table: test.table.rename({ [from!]: to! }),
      cells: (name) => test.cells(old(name)),
    },
    renamed: { from: from!, to: to! },
  };
}
