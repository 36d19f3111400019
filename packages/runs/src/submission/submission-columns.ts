/** Turns predictions into the columns that the competition's sample submission has. */
import type { ClassLists, Competition } from '@foldwise/data';
import { itemOrder, toClasses, type Metric } from '@foldwise/metrics';
import type { Predictions } from '../files/predictions.ts';

export interface SubmissionColumn {
  name: string;
  /** The id column, a target or a class. */
  holds: string;
  /** What its cells may be: an id, any finite number, a number from 0 to 1, one of the labels, several. */
  kind: 'id' | 'number' | 'probability' | 'label' | 'ranking';
  /** Of a column of labels: those that there are. */
  labels?: readonly string[];
  /** In the order of the sample's rows: [rows]. */
  cells: string[] | Float64Array;
}

type Content = Omit<SubmissionColumn, 'name' | 'holds'>;

/**
 * Multi-class: the most probable class, or as many as the sample's lists have; ordinal: the median class; or for both,
 * and for two named classes, the probabilities where the sample has a column for each class. 0/1 labels: probabilities, or
 * decisions where that is what the metric takes, or what the sample holds names for.
 *
 * @param test predictions of the test rows, in any order; `decided` where they are classes already, [targets][rows]
 * @returns a column for each name of the sample's header, in its order
 * @throws Error for a row of the sample without a prediction, and for classes where the sample has probabilities
 */
export function submissionColumns(
  { manifest, sample, classes }: Competition,
  metric: Pick<Metric, 'takes'>,
  test: Predictions & { decided?: boolean },
): SubmissionColumn[] {
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
  const classesOf: typeof toClasses = (...given) => (test.decided ? values : toClasses(...given));

  const { names, lists, holds = sample.header } = sample;
  const byName = new Map<string, Content>();
  const asLabels = target.length === 1 && sample.header.length === 2 && holds.includes(target[0]!);
  if (test.decided && (classes || task === 'binary') && (!asLabels || lists))
    throw new Error(
      `the sample ${lists ? 'ranks several classes' : 'has a column of probabilities for each class'}, but the post-processing makes classes; set it to "none"`,
    );
  if (classes && lists) {
    byName.set(target[0]!, ranked(values, classes, lists));
  } else if (classes && asLabels) {
    const [best] = classesOf(task === 'ordinal' ? task : 'multi-class', values);
    byName.set(target[0]!, named(best!, classes));
  } else if (classes) {
    classes.forEach((name, c) => byName.set(name, probability(values[c]!)));
  } else if (task === 'binary' && !asLabels) {
    const [no, yes] = manifest.classes!;
    byName.set(no!, probability(values[0]!.map((p) => 1 - p))).set(yes!, probability(values[0]!));
  } else {
    const decide = task !== 'regression' && (metric.takes === 'classes' || names);
    const outputs = decide ? classesOf(task, values) : values;
    const content = (cells: Float64Array): Content => {
      if (names) return named(cells, names);
      if (decide) return { kind: 'label', labels: ['0', '1'], cells };
      return task === 'regression' ? { kind: 'number', cells } : probability(cells);
    };
    target.forEach((name, t) => byName.set(name, content(outputs[t]!)));
  }
  byName.set(id, { kind: 'id', cells: sample.ids });
  return holds.map((name, c) => ({ name: sample.header[c]!, holds: name, ...byName.get(name)! }));
}

const probability = (cells: Float64Array): Content => ({ kind: 'probability', cells });

const named = (indices: Float64Array, labels: readonly string[]): Content => ({
  kind: 'label',
  labels,
  cells: Array.from(indices, (label) => labels[label]!),
});

/** The most probable classes of each row; as classes stand where probabilities are equal. */
function ranked(
  probabilities: readonly Float64Array[],
  labels: readonly string[],
  { separator, most }: ClassLists,
): Content {
  const cells = Array.from(probabilities[0]!, (_, row) =>
    itemOrder(Float64Array.from(probabilities, (column) => column[row]!))
      .slice(0, most)
      .map((label) => labels[label]!)
      .join(separator),
  );
  return { kind: 'ranking', cells };
}
