/** The targets of a pipeline: its folds, one training for each experiment and fold, and what is made of them. */
import type { TargetConfiguration } from '@nx/devkit';
import type { EvaluatedExperiment, EvaluatedPipeline } from './evaluated-pipeline.ts';
import type { PluginOptions } from './parse-options.ts';
import type { TaskOptions } from './task-options.ts';

type Targets = Record<string, TargetConfiguration<TaskOptions>>;

/** The packages whose code makes a fold's results. */
const training = ['data', 'encoders', 'folds', 'heads', 'metrics', 'tensorflow', 'tokens', 'train'];

const sources = (packages: string[]): string[] => [
  ...packages.map((name) => `{workspaceRoot}/packages/${name}/src/**/*`),
  '{workspaceRoot}/packages/tensorflow/kernels/**/*',
  '{workspaceRoot}/package-lock.json',
];

/**
 * No target has outputs for Nx to store and to put back: the records in `submissions/` are the truth, a fold's folder is
 * put there whole by `foldwise` alone, and its model would be stored once more. See docs/pipelines.md.
 */
export function pipelineTargets(name: string, evaluated: EvaluatedPipeline, plugin: PluginOptions): Targets {
  if ('error' in evaluated) return failing(evaluated.error);
  const { competition, experiments, named } = evaluated;
  const data = `{workspaceRoot}/data/${competition}/**/*`;
  const target = (
    description: string,
    { command, settings = {}, packages, dependsOn = [] }: TargetOptions,
  ): TargetConfiguration<TaskOptions> => ({
    executor: '@foldwise/nx:foldwise',
    cache: true,
    dependsOn,
    inputs: [data, ...sources(packages)],
    outputs: [],
    parallelism: plugin.parallel,
    options: { command, settings },
    metadata: { description },
  });
  const folds = (settings: object) => ({ ...settings, postProcessing: undefined }); // Which is tuned after training.
  const flags = plugin.threads === undefined ? [] : ['--threads', String(plugin.threads)];
  const ofExperiment = ({ name: experiment, settings, folds: count }: EvaluatedExperiment): Targets => {
    const chosen = [name, ...(named ? ['--experiment', experiment] : [])];
    const trainings = Array.from(
      { length: count ?? 0 },
      (_, fold): [string, TargetConfiguration<TaskOptions>] => [
        `fold:${experiment}:${fold}`,
        target(`Train fold ${fold} of the experiment ${experiment}`, {
          command: ['fold', ...chosen, '--fold', String(fold), ...flags],
          settings: folds(settings),
          packages: training,
        }),
      ],
    );
    return {
      ...Object.fromEntries(trainings),
      [`cv:${experiment}`]: target(`Put the folds of the experiment ${experiment} together`, {
        command: ['cv', ...chosen, ...flags],
        settings,
        packages: training,
        dependsOn: trainings.map(([key]) => key),
      }),
    };
  };
  const all = experiments.map((experiment) => `cv:${experiment.name}`);
  const blends = experiments.length > 1;
  return {
    folds: target('Write how the rows are split', {
      command: ['folds', name],
      settings: { folds: experiments[0]!.settings['folds'], competition },
      packages: ['data', 'folds'],
    }),
    ...Object.fromEntries(experiments.flatMap((experiment) => Object.entries(ofExperiment(experiment)))),
    cv: {
      executor: 'nx:noop',
      dependsOn: all,
      metadata: { description: 'Train all folds of all experiments' },
    },
    ...(blends && {
      ensemble: target('Blend the experiments', {
        command: ['ensemble', name],
        packages: ['data', 'ensemble', 'metrics'],
        dependsOn: all,
      }),
    }),
    submission: target('Train, blend, and tell where the submission is', {
      command: [],
      packages: [],
      dependsOn: blends ? ['ensemble'] : all,
    }),
  };
}

interface TargetOptions {
  command: string[];
  settings?: object;
  /** Whose sources make the results. */
  packages: string[];
  dependsOn?: string[];
}

function failing(error: string): Targets {
  const target = (): TargetConfiguration<TaskOptions> => ({
    executor: '@foldwise/nx:foldwise',
    options: { command: [], settings: {}, error },
    metadata: { description: 'Tell why pipeline.ts cannot be read' },
  });
  return Object.fromEntries(['folds', 'cv', 'ensemble', 'submission'].map((name) => [name, target()]));
}
