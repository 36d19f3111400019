/** The post-processings that a metric can be the better for. */
import type { Metric, MetricTask } from '../metric.ts';
import type { PostProcessing } from './post-processing.ts';
import { postProcessings } from './post-processings.ts';

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

type PostProcessingKind = keyof typeof postProcessings;
