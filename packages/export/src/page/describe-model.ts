/** Says in words what a model predicts, and where it comes from. */
import type { ModelDescription } from '../model-description.ts';

export interface ModelTexts {
  title: string;
  /** One sentence: what it predicts. */
  purpose: string;
  /** Terms and values. */
  about: [term: string, value: string][];
}

export function describeModel(description: ModelDescription): ModelTexts {
  const { title, task, encoder, head, run, fold, score } = description;
  return {
    title,
    purpose: purposeOf(description),
    about: [
      ['task', task],
      ['reads', readsOf(description)],
      ['encoder', encoder],
      ['head', head],
      ['trained in', `${run}, fold ${fold}`],
      ...(score.value === null
        ? []
        : [
            [score.metric, `${score.value.toFixed(4)} on the fold's held-out rows`] satisfies [
              string,
              string,
            ],
          ]),
    ],
  };
}

function readsOf({ maxLength, texts }: ModelDescription): string {
  if (!texts) return `the first ${maxLength} tokens of a text`;
  return `${maxLength} tokens of ${texts.columns.join(' and ')} together`;
}

function purposeOf({ task, targets, classes, texts }: ModelDescription): string {
  const from = texts ? texts.columns.map((name) => `“${name}”`).join(' and ') : 'a text';

  const quoted = targets.map((name) => `“${name}”`);
  const list = quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}` : quoted[0]!;
  if (classes) return `Predicts ${list} from ${from}: one of ${classes.length} classes.`;
  if (task === 'regression')
    return `Predicts ${list} from ${from}: ${quoted.length > 1 ? 'numbers' : 'a number'}.`;
  return quoted.length > 1
    ? `Predicts from ${from} how likely each of ${list} is.`
    : `Predicts from ${from} how likely ${list} is.`;
}
