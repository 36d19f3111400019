import { describe, expect, it } from 'vitest';
import type { EvaluatedExperiment } from './evaluated-pipeline.ts';
import { parseOptions } from './parse-options.ts';
import { pipelineTargets } from './pipeline-targets.ts';

const experiment = (name: string, folds: number | null = 2): EvaluatedExperiment => ({
  name,
  folds,
  settings: { head: name, folds: { k: folds }, postProcessing: { kind: 'clip' } },
});
const targets = (experiments: EvaluatedExperiment[], named = true, options = {}) =>
  pipelineTargets('movies', { competition: 'films', named, experiments }, parseOptions(options));

describe('pipelineTargets', () => {
  it('makes a graph from folds to the submission', () => {
    const made = targets([experiment('cls'), experiment('max')]);
    const after = Object.fromEntries(Object.entries(made).map(([name, { dependsOn }]) => [name, dependsOn]));
    expect(after).toEqual({
      folds: [],
      'fold:cls:0': [],
      'fold:cls:1': [],
      'cv:cls': ['fold:cls:0', 'fold:cls:1'],
      'fold:max:0': [],
      'fold:max:1': [],
      'cv:max': ['fold:max:0', 'fold:max:1'],
      cv: ['cv:cls', 'cv:max'],
      ensemble: ['cv:cls', 'cv:max'],
      submission: ['ensemble'],
    });
    const fold = made['fold:max:1']!;
    expect(fold).toMatchObject({ cache: true, outputs: [], parallelism: false });
    expect(fold.inputs).toContain('{workspaceRoot}/data/films/**/*');
    expect(fold.options).toMatchObject({ step: 'fold', pipeline: 'movies', experiment: 'max', fold: 1 });
    expect(fold.inputs).toContain('{workspaceRoot}/packages/runs/src/**/*');
    // All whose code makes a blend.
    for (const of of ['ensemble', 'foldwise', 'runs', 'metrics'])
      expect(made['ensemble']!.inputs).toContain(`{workspaceRoot}/packages/${of}/src/**/*`);
    // Which is tuned once the folds are trained.
    expect(JSON.stringify(fold.options)).not.toContain('clip');
    expect(JSON.stringify(made['cv:max']!.options)).toContain('clip');
  });

  it('blends nothing where there is one experiment, and leaves folds to cv where the data counts them', () => {
    const made = targets([experiment('base', null)], false, { parallel: true, threads: 3 });
    expect(Object.keys(made)).toEqual(['folds', 'cv:base', 'cv', 'submission']);
    expect(made['submission']!.dependsOn).toEqual(['cv:base']);
    expect(made['cv:base']!.options).toMatchObject({ step: 'cv', pipeline: 'movies', threads: 3 });
    expect(made['cv:base']!.options).not.toHaveProperty('experiment');
    expect(made['cv:base']!.parallelism).toBe(true);
  });

  it('makes targets that tell why a pipeline cannot be read', () => {
    const made = pipelineTargets('movies', { error: 'pipeline.ts: wrong' }, parseOptions({}));
    expect(made['submission']!.options!.error).toBe('pipeline.ts: wrong');
    expect(made['submission']!.cache).toBeUndefined();
  });

  it.each([
    [{ paralel: true }, 'unknown option "paralel"; known are parallel and threads'],
    [{ parallel: 2 }, 'parallel: expected true or false, got 2'],
    [{ threads: 0 }, 'threads: expected a whole number of at least 1, got 0'],
  ])('refuses the options %j', (options, message) => {
    expect(() => parseOptions(options)).toThrow(`nx.json: plugins: @foldwise/nx: ${message}`);
  });
});
