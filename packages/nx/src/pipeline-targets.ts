/** The targets of a pipeline: its folds, one training for each experiment and fold, and what is made of them. */
import type { TargetConfiguration } from '@nx/devkit';
import type { EvaluatedExperiment, EvaluatedPipeline } from './evaluated-pipeline.ts';
import type { PluginOptions } from './parse-options.ts';
import type { TaskOptions } from './task-options.ts';

type Targets = Record<string, TargetConfiguration<TaskOptions>>;

/** The packages whose code makes a fold's results; the library only asks for them. */
const training = ['data', 'encoders', 'folds', 'heads', 'metrics', 'runs', 'tensorflow', 'tokens', 'train'];

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
    { packages, dependsOn = [], settings = {}, ...options }: TargetOptions,
  ): TargetConfiguration<TaskOptions> => ({
    executor: '@foldwise/nx:foldwise',
    cache: true,
    dependsOn,
    inputs: [data, ...sources(packages)],
    outputs: [],
    parallelism: plugin.parallel,
    options: { ...options, pipeline: name, settings },
    metadata: { description },
  });
  const folds = (settings: object) => ({ ...settings, postProcessing: undefined }); // Which is tuned after training.
  const threads = plugin.threads === undefined ? {} : { threads: plugin.threads };
  const ofExperiment = ({ name: experiment, settings, folds: count }: EvaluatedExperiment): Targets => {
    const chosen = { ...(named && { experiment }), ...threads };
    const trainings = Array.from(
      { length: count ?? 0 },
      (_, fold): [string, TargetConfiguration<TaskOptions>] => [
        `fold:${experiment}:${fold}`,
        target(`Train fold ${fold} of the experiment ${experiment}`, {
          step: 'fold',
          ...chosen,
          fold,
          settings: folds(settings),
          packages: training,
        }),
      ],
    );
    return {
      ...Object.fromEntries(trainings),
      [`cv:${experiment}`]: target(`Put the folds of the experiment ${experiment} together`, {
        step: 'cv',
        ...chosen,
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
      step: 'folds',
      settings: { folds: experiments[0]!.settings['folds'], competition },
      packages: ['data', 'folds', 'foldwise', 'metrics'],
    }),
    ...Object.fromEntries(experiments.flatMap((experiment) => Object.entries(ofExperiment(experiment)))),
    cv: {
      executor: 'nx:noop',
      dependsOn: all,
      metadata: { description: 'Train all folds of all experiments' },
    },
    ...(blends && {
      ensemble: target('Blend the experiments', {
        step: 'ensemble',
        packages: ['data', 'ensemble', 'folds', 'foldwise', 'metrics', 'runs'],
        dependsOn: all,
      }),
    }),
    submission: target('Train, blend, and tell where the submission is', {
      step: 'submission',
      packages: [],
      dependsOn: blends ? ['ensemble'] : all,
    }),
  };
}

interface TargetOptions extends Pick<TaskOptions, 'step' | 'experiment' | 'fold' | 'threads'> {
  settings?: object;
  /** Whose sources make the results. */
  packages: string[];
  dependsOn?: string[];
}

function failing(error: string): Targets {
  const target = (): TargetConfiguration<TaskOptions> => ({
    executor: '@foldwise/nx:foldwise',
    options: { step: 'submission', pipeline: '', settings: {}, error },
    metadata: { description: 'Tell why pipeline.ts cannot be read' },
  });
  return Object.fromEntries(['folds', 'cv', 'ensemble', 'submission'].map((name) => [name, target()]));
}
