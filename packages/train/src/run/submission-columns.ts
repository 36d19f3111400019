/** Turns predictions into the columns that the competition's sample submission has. */
import type { Competition } from '@foldwise/data';
import { toClasses, type Metric } from '@foldwise/metrics';
import type { Predictions } from './predictions.ts';

/**
 * Multi-class: the most probable class; ordinal: the median class; or for both, and for two named classes, the
 * probabilities where the sample has a column for each class. 0/1 labels: probabilities, or decisions where that is what
 * the metric takes, or what the sample holds names for.
 *
 * @param test predictions of the test rows, in any order
 * @returns the sample's header, and a column for each of its names, in the sample's order of rows
 * @throws Error for a row of the sample without a prediction
 */
export function submissionColumns(
  { manifest, sample, classes }: Competition,
  metric: Pick<Metric, 'takes'>,
  test: Predictions,
): { header: string[]; columns: (string[] | Float64Array)[] } {
  const { task } = manifest;
  const { id, target } = manifest.columns;
  const rowOf = new Map(test.ids.map((name, row) => [name, row]));
  const rows = sample.ids.map((name) => {
    const row = rowOf.get(name);
    if (row === undefined) throw new Error(`there is no prediction for the test row ${JSON.stringify(name)}`);
    return row;
  });
  const inOrder = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]!);
  const values = test.values.map(inOrder);

  const { names, holds = sample.header } = sample;
  const byName = new Map<string, string[] | Float64Array>();
  const asLabels = target.length === 1 && sample.header.length === 2 && holds.includes(target[0]!);
  if (classes && asLabels) {
    const [best] = toClasses(task === 'ordinal' ? task : 'multi-class', values);
    byName.set(target[0]!, named(best!, classes));
  } else if (classes) {
    classes.forEach((name, c) => byName.set(name, values[c]!));
  } else if (task === 'binary' && !asLabels) {
    const [no, yes] = manifest.classes!;
    byName
      .set(
        no!,
        values[0]!.map((p) => 1 - p),
      )
      .set(yes!, values[0]!);
  } else {
    const decide = task !== 'regression' && (metric.takes === 'classes' || names);
    const outputs = decide ? toClasses(task, values) : values;
    target.forEach((name, t) => byName.set(name, names ? named(outputs[t]!, names) : outputs[t]!));
  }
  byName.set(id, sample.ids);
  return { header: sample.header, columns: holds.map((name) => byName.get(name)!) };
}

const named = (labels: Float64Array, names: readonly string[]): string[] =>
  Array.from(labels, (label) => names[label]!);
