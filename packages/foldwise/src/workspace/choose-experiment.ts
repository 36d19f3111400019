/** Finds one of a pipeline's experiments by its name. */
import { experimentsOf, nearestName, type Pipeline } from '@foldwise/data';
import type { Overrides } from '../options/settings.ts';
import { UsageError } from '../usage-error.ts';

/**
 * @param name of one of the pipeline's experiments
 * @param overrides what is changed already
 * @returns the experiment's configuration
 * @throws UsageError for an unknown experiment, and for an override of what the experiments are about
 */
export function chooseExperiment(pipeline: Pipeline, name: string, overrides: Overrides): Pipeline {
  const experiments = experimentsOf(pipeline);
  const names = experiments.map((experiment) => experiment.name);
  const chosen = experiments[names.indexOf(name)];
  if (!chosen)
    throw new UsageError(
      `${pipeline.name} has no experiment "${name}"; the nearest is "${nearestName(name, names)}"; known are ${names.join(', ')}`,
    );
  const twice = chosen.changes.find((path) => path in overrides);
  if (twice !== undefined)
    throw new UsageError(`${twice} is what the experiment "${name}" changes; leave one of the two out`);
  return chosen.pipeline;
}
