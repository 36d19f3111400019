/** Tells people what was found in a split. */
import type { SplitChecks } from 'foldwise';

type AdversarialValidation = NonNullable<SplitChecks['adversarial']>;
type TellingWord = AdversarialValidation['words']['train'][number];

/** From here on the test's texts are told from the train's so well that held-out scores may mislead. */
const UNLIKE = 0.7;

/** @returns lines */
export function describeChecks({ groups, nearDuplicates, adversarial }: SplitChecks): string[] {
  const lines: string[] = [];
  if (groups) {
    const { column, torn, examples } = groups;
    lines.push(
      torn === 0
        ? `Groups: ${groups.groups} of "${column}", each on one side of every fold`
        : `Beware: groups of "${column}" that are trained on and held out at once: ${torn} of ${groups.groups}, such as ` +
            `${examples.map(({ group }) => JSON.stringify(group)).join(', ')}; --folds.kind group, or stratified-group, keeps them together`,
    );
  }
  const { torn, rows, identical, examples } = nearDuplicates;
  if (nearDuplicates.groups === 0) lines.push('Near-duplicates: none');
  else if (torn === 0)
    lines.push(
      `Near-duplicates: ${rows} rows in ${nearDuplicates.groups} groups, each on one side of every fold`,
    );
  else
    lines.push(
      `Beware: groups of near-duplicate texts that are trained on and held out at once: ${torn} of ${nearDuplicates.groups} ` +
        `(${rows} rows in all), ${identical} of them to the letter, such as rows ${examples.map(({ train, valid }) => `${train} and ${valid}`).join(', ')}; ` +
        '--group-duplicates keeps them together',
    );
  if (adversarial) lines.push(...describeAdversarial(adversarial));
  return lines;
}

function describeAdversarial({ auc, rows, words }: AdversarialValidation): string[] {
  const figure = `AUC ${auc.mean.toFixed(3)} ± ${auc.sd.toFixed(3)}`;
  const verdict =
    auc.mean > UNLIKE
      ? `Beware: train and test are unlike, ${figure}: held-out scores may not hold on the test`
      : `Train against test: ${figure} (0.5: alike)`;
  const list = (of: TellingWord[], side: 'train' | 'test') =>
    of
      .slice(0, 5)
      .map(
        (word) =>
          `${word.word} (${percent(word[side])} against ${percent(word[side === 'train' ? 'test' : 'train'])})`,
      )
      .join(', ');
  return [
    `${verdict}, by the words of ${rows.train} and ${rows.test} texts`,
    ...(words.train.length > 0 ? [`  speak for train: ${list(words.train, 'train')}`] : []),
    ...(words.test.length > 0 ? [`  speak for test: ${list(words.test, 'test')}`] : []),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
