/** Whether the settings of a training fit the competition's task. */
import type { Pipeline, Task } from '@foldwise/data';

/** @throws Error that names the setting that does not */
export function checkTraining({ standardizeTargets }: Pipeline['training'], task: Task): void {
  if (standardizeTargets && task !== 'regression')
    throw new Error(
      `training.standardizeTargets is for regression, and a ${task} task has no numbers to standardize; leave it out, or set it to false`,
    );
}
