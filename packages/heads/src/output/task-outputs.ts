/** The registry of task outputs: a new one, or one of another loss, is one file, one test and one line here. */
import { multiClassOutput } from './multi-class-output.ts';
import { multiLabelOutput } from './multi-label-output.ts';
import { ordinalOutput } from './ordinal-output.ts';
import { regressionOutput } from './regression-output.ts';
import type { TaskOutput } from './task-output.ts';

/** By task; each takes the number of target columns (regression, multi-label) or of classes (multi-class, ordinal). */
const taskOutputs = {
  regression: regressionOutput,
  binary: () => multiLabelOutput(1),
  'multi-class': multiClassOutput,
  'multi-label': multiLabelOutput,
  ordinal: ordinalOutput,
} satisfies Record<string, (columns: number) => TaskOutput>;

export type OutputTask = keyof typeof taskOutputs;

/**
 * The output of a task. `columns` counts target columns (regression, multi-label) or classes (multi-class, ordinal).
 * Losses: squared error; sigmoid and softmax cross-entropy on logits; CORN for ordered classes.
 */
export function taskOutput(task: OutputTask, columns: number): TaskOutput {
  return taskOutputs[task](columns);
}
