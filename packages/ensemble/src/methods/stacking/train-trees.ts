/** Trains gradient-boosted trees with Yggdrasil Decision Forests. */
import type { Columns } from '@foldwise/metrics';
import type { Yggdrasil } from 'ydf-training';

const LABEL = 'label';
/** With fewer rows the library has no tenth to hold out. */
const LEAST_ROWS = 20;

/**
 * @param features [features][rows]
 * @param target numbers, or the index of the class: [rows]
 * @param classes how many there are; 0 for numbers
 * @returns predicts other rows: numbers, [1][rows], or the probability of each class, [classes][rows]
 */
export async function trainTrees(
  features: Columns,
  target: Float64Array,
  classes: number,
): Promise<(features: Columns) => Float64Array[]> {
  if (target.length < LEAST_ROWS)
    throw new Error(`boosted trees need ${LEAST_ROWS} rows or more to be fitted on, got ${target.length}`);
  const present = [...new Set(target)].sort((a, b) => a - b);
  // A target that never changes needs no tree.
  if (present.length === 1)
    return (features) =>
      Array.from({ length: classes || 1 }, (_, c) =>
        new Float64Array(features[0]!.length).fill(classes ? Number(present[0] === c) : present[0]!),
      );
  const yggdrasil = await load();
  const labels = classes ? Array.from(target, String) : Array.from(target);
  const model = new yggdrasil.GradientBoostedTreesLearner(
    LABEL,
    classes ? 'CLASSIFICATION' : 'REGRESSION',
  ).train({ ...named(features), [LABEL]: labels });
  const order = classes ? model.getLabelClasses().map(Number) : [0];
  return (features) => {
    const values = model.predict(named(features));
    // Of two classes the library gives the probability of the second alone.
    const single = values.length === features[0]!.length;
    return Array.from({ length: classes || 1 }, (_, c) => {
      const at = order.indexOf(c);
      return features[0]!.map((_, row) => {
        if (at < 0) return 0;
        if (!single) return values[row * order.length + at]!;
        return classes && at === 0 ? 1 - values[row]! : values[row]!;
      });
    });
  };
}

const named = (features: Columns): Record<string, number[]> =>
  Object.fromEntries(features.map((column, f) => [`f${f}`, Array.from(column)]));

let loading: Promise<Yggdrasil> | undefined;

function load(): Promise<Yggdrasil> {
  return (loading ??= (async () => {
    const before = new Set([...listeners()].flatMap(([, all]) => all));
    const { default: start } = await import('ydf-training');
    const yggdrasil = await start({ print: () => undefined, printErr: () => undefined });
    // It would take over how the process meets errors.
    for (const [event, all] of listeners())
      for (const listener of all) if (!before.has(listener)) process.off(event, listener);
    return yggdrasil;
  })());
}

const listeners = () =>
  (['uncaughtException', 'unhandledRejection'] as const).map(
    (event) => [event, process.listeners(event as 'uncaughtException')] as const,
  );
