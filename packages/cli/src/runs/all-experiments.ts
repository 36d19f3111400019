/** Does for each experiment of a pipeline what a command does for one configuration. */
import { experimentsOf } from '@foldwise/data';
import { bold } from '../render/format.ts';
import { chooseExperiment } from '../workspace/choose-experiment.ts';
import type { Arguments, Context, Outcome } from '../commands/command.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';
import { allOverrides } from '../options/pipeline-options.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError where the command line names one experiment as well, or changes what the experiments do */
export async function allExperiments(
  args: Arguments,
  context: Context,
  each: (args: Arguments, context: Context) => Promise<Outcome>,
): Promise<Outcome> {
  if (args['experiment'] !== undefined) throw new UsageError('give --experiment or --experiments, not both');
  const overrides = allOverrides(args, context.overrides);
  const pipeline = await loadPipeline(findWorkspace(), args['pipeline'] as string | undefined, overrides);
  if (!pipeline.experiments)
    throw new UsageError(
      `${pipeline.name} has no experiments: give it some, such as experiments: { head: ['mean', 'cls'] }`,
    );
  const names = experimentsOf(pipeline).map(({ name }) => name);
  for (const name of names) chooseExperiment(pipeline, name, overrides);
  const outcomes: [name: string, outcome: Outcome][] = [];
  for (const experiment of names) {
    context.progress.note(`Experiment ${experiment}, ${outcomes.length + 1} of ${names.length}`);
    outcomes.push([experiment, await each({ ...args, experiment }, context)]);
  }
  return {
    json: Object.fromEntries(outcomes.map(([name, { json }]) => [name, json])),
    text: outcomes.map(([name, { text }]) => `${bold(`Experiment ${name}`)}\n${text}`).join('\n\n'),
  };
}
