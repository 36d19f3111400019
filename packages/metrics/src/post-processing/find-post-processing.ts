/** Looks a post-processing up, and checks that it fits what it is asked for. */
import type { Metric, MetricTask } from '../metric.ts';
import type { PostProcessing } from './post-processing.ts';
import { postProcessings, type PostProcessingKind } from './post-processings.ts';

/** @throws Error that lists the kinds that fit the task and the metric */
export function findPostProcessing(
  kind: PostProcessingKind,
  metric: Pick<Metric, 'name' | 'takes'>,
  task: MetricTask,
): PostProcessing {
  const fitting = fittingPostProcessings(metric, task);
  if (fitting.includes(kind)) return postProcessings[kind];
  throw new Error(
    `the post-processing "${kind}" does not fit the metric "${metric.name}" of a ${task} task; ` +
      (fitting.length === 0 ? 'none does' : `what fits is ${fitting.join(', ')}`),
  );
}

/** @returns their names, the usual one first; none where the metric takes what no post-processing makes */
export function fittingPostProcessings(
  metric: Pick<Metric, 'takes'>,
  task: MetricTask,
): PostProcessingKind[] {
  return (Object.keys(postProcessings) as PostProcessingKind[]).filter((kind) => {
    const { tasks, suits } = postProcessings[kind] as PostProcessing;
    return tasks.includes(task) && suits(metric, task);
  });
}
