/** Warns of texts that are the same, or nearly, in train and test, under different labels, or else in train. */
import { joinTexts } from '../competition/read-rows.ts';
import type { LoadedFiles } from '../competition/load-competition.ts';
import { nearDuplicates, type NearDuplicatesOptions } from '../near-duplicates/near-duplicates.ts';
import { placeOf } from '../problems/problems.ts';
import type { Warnings } from '../problems/warnings.ts';

const inBoth = {
  title: 'texts in train and test',
  advice: 'A model knows their labels by heart. Where the test is to tell of new texts, it tells too well.',
};
const underUnlike = {
  title: 'texts under different labels',
  advice:
    'No model can have all of them right. Look at a few: are these mistakes, or does the text not decide?',
};
const repeated = {
  title: 'texts that are in train more than once',
  advice:
    'In different folds they make scores too good: keep them together with --folds.groupDuplicates, or remove all but one.',
};

/** Each row beyond its group's first is one warning. */
export async function duplicateWarnings(
  { competition, trainFile, testFile }: LoadedFiles,
  warnings: Warnings,
  options: NearDuplicatesOptions = {},
): Promise<void> {
  const { train, test, manifest } = competition;
  const texts = [...joinTexts(train.texts), ...joinTexts(test.texts)];
  const count = train.ids.length;
  const column = JSON.stringify([manifest.columns.text].flat()[0]);
  const place = (row: number): string =>
    row < count ? placeOf(trainFile, trainFile.lines[row]!) : placeOf(testFile, testFile.lines[row - count]!);
  const areUnlike = unlikeLabels(train.targets, manifest.task === 'regression');
  for (const [first, ...others] of await nearDuplicates(texts, options))
    for (const row of others) {
      if (first! >= count) continue;
      const kind = row >= count ? inBoth : areUnlike(first!, row) ? underUnlike : repeated;
      const how = texts[first!] === texts[row] ? 'the text of' : 'nearly the text of';
      warnings.add(kind, `${place(row)}, column ${column}: ${how} ${place(first!)}`);
    }
}

/** Numbers are unlike if they are further apart than the standard deviation of all. */
function unlikeLabels(
  targets: readonly Float64Array[],
  isRegression: boolean,
): (a: number, b: number) => boolean {
  const widths = targets.map((target) => (isRegression ? deviation(target) : 0));
  return (a, b) => targets.some((target, t) => Math.abs(target[a]! - target[b]!) > widths[t]!);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
