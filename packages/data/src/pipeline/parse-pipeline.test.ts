import { defineMetric, postProcessings } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import { definePipeline, experimentsOf, parsePipeline, type PipelineConfig } from './parse-pipeline.ts';

describe('parsePipeline', () => {
  it('fills in every default', () => {
    expect(parsePipeline(definePipeline({ name: 'movies' }), 'pipeline.ts')).toEqual({
      name: 'movies',
      competition: 'movies',
      encoder: 'sentence-transformers/all-MiniLM-L6-v2',
      head: 'mean',
      output: { hidden: [], activation: 'gelu', dropout: 0, samples: 1 },
      folds: { kind: 'k-fold', k: 5, seed: 42 },
      training: {
        epochs: 3,
        batch: 32,
        predictBatch: 64,
        lr: 1e-4,
        weightDecay: 0.01,
        warmup: 0.1,
        clipNorm: 1,
        maxLength: 128,
        seed: 0,
        keep: 'best',
        precision: 'auto',
      },
    });
  });

  it('keeps what is given, and parses its own result to itself', () => {
    const config = { name: 'a', competition: 'b', metric: 'mae', training: { dropout: 0, lr: 2e-5 } };
    const pipeline = parsePipeline(config, 'p.ts');
    expect(pipeline).toMatchObject(config);
    expect(parsePipeline(pipeline, 'p.ts')).toEqual(pipeline);
  });

  it("keeps a metric of the user's own as it is, and refuses what only looks like one", () => {
    const score = () => 1;
    const metric = defineMetric({ name: 'one', direction: 'lower', takes: 'numbers', score });
    const pipeline = parsePipeline(definePipeline({ name: 'a', metric }), 'p.ts');
    expect(parsePipeline(pipeline, 'p.ts').metric).toBe(metric);
    expect(() => parsePipeline({ name: 'a', metric: { name: 'one', score } }, 'p.ts')).toThrow(
      new Error(`p.ts: metric: expected a metric's name or what defineMetric makes, got {"name":"one"}`),
    );
  });

  it('takes a post-processing by its name or with its settings, and none is none', () => {
    const parsed = (postProcessing: PipelineConfig['postProcessing']) =>
      parsePipeline(parsePipeline({ name: 'a', postProcessing }, 'p.ts'), 'p.ts').postProcessing;
    expect(parsed('threshold')).toEqual({ kind: 'threshold' });
    expect(parsed({ kind: 'round', step: 0.5 })).toEqual({ kind: 'round', step: 0.5 });
    expect(parsed('none')).toBeUndefined();
    expect('postProcessing' in parsePipeline({ name: 'a' }, 'p.ts')).toBe(false);
  });

  const known = `none, ${Object.keys(postProcessings).join(', ')}`;

  it.each([
    ['tresholds', `expected one of ${known}; the nearest is "threshold", got "tresholds"`],
    [3, `expected one of ${known}, got 3`],
    [{ kind: 'round', steps: 1 }, 'unknown key "steps"; the nearest known one is "step"'],
    [
      { kind: 'clip', low: 1, high: 0 },
      'expected low to be below high, got {"kind":"clip","low":1,"high":0}',
    ],
  ])('refuses the post-processing %j', (postProcessing, message) => {
    expect(() => parsePipeline({ name: 'a', postProcessing }, 'p.ts')).toThrow(
      `p.ts: postProcessing: ${message}`,
    );
  });

  it.each([undefined, false, true])(
    'has nothing where targets are not to be standardized: %s',
    (standardizeTargets) => {
      const { training } = parsePipeline({ name: 'a', training: { standardizeTargets } }, 'p.ts');
      expect(training.standardizeTargets).toBe(standardizeTargets || undefined);
      // A run's hash is of the JSON.
      expect(JSON.stringify(training).includes('standardizeTargets')).toBe(standardizeTargets === true);
      expect('standardizeTargets' in parsePipeline({ name: 'a' }, 'p.ts').training).toBe(false);
    },
  );

  it('takes one number of hidden units for a list of it', () => {
    const output = { hidden: 64, activation: 'tanh', dropout: 0.3, samples: 5 } as const;
    const pipeline = parsePipeline(definePipeline({ name: 'a', output }), 'p.ts');
    expect(pipeline.output).toEqual({ hidden: [64], activation: 'tanh', dropout: 0.3, samples: 5 });
    expect(parsePipeline(pipeline, 'p.ts')).toEqual(pipeline);
  });

  it.each([
    [{}, 'p.ts: name: expected string, but it is missing'],
    [null, 'p.ts: expected object, got null'],
    [{ name: '../a' }, 'p.ts: name: expected a folder name of letters, digits, "-", "_" and ".", got "../a"'],
    [{ name: 'a', heads: 'cls' }, 'p.ts: unknown key "heads"; the nearest known one is "head"'],
    [
      { name: 'a', training: { epoch: 3 } },
      'p.ts: training: unknown key "epoch"; the nearest known one is "epochs"',
    ],
    [{ name: 'a', training: { lr: 0 } }, 'p.ts: training.lr: expected number to be >0, got 0'],
    [{ name: 'a', training: { lr: NaN } }, 'p.ts: training.lr: expected number, got NaN'],
    [
      { name: 'a', training: { clipNorm: Infinity } },
      'p.ts: training.clipNorm: expected number, got Infinity',
    ],
    [{ name: 'a', training: { batch: 1.5 } }, 'p.ts: training.batch: expected int, got 1.5'],
    [{ name: 'a', training: { dropout: 1 } }, 'p.ts: training.dropout: expected number to be <1, got 1'],
    [{ name: 'a', training: { seed: -1 } }, 'p.ts: training.seed: expected number to be >=0, got -1'],
    [
      { name: 'a', output: { droput: 0.1 } },
      'p.ts: output: unknown key "droput"; the nearest known one is "dropout"',
    ],
    [
      { name: 'a', output: { hidden: '64' } },
      'p.ts: output.hidden: expected numbers of units, such as 64 or [64, 32], got "64"',
    ],
    [{ name: 'a', output: { hidden: [64, 0] } }, 'p.ts: output.hidden.1: expected number to be >=1, got 0'],
    [
      { name: 'a', output: { samples: 5 } },
      'p.ts: output.samples: expected 1 where output.dropout is 0, got 5',
    ],
    [{ name: 'a', folds: { k: 1 } }, 'p.ts: folds.k: expected number to be >=2, got 1'],
    [{ name: 'a', folds: { k: '5' } }, 'p.ts: folds.k: expected number, got "5"'],
  ])('refuses %j', (config, message) => {
    expect(() => parsePipeline(config, 'p.ts')).toThrow(new Error(message));
  });

  it('gives one line to each of several mistakes', () => {
    const config = { name: 'a', head: '', training: { lr: -1 } };
    expect(() => parsePipeline(config, 'p.ts')).toThrow(
      new Error(
        'p.ts: head: expected a text that is not empty, got ""\np.ts: training.lr: expected number to be >0, got -1',
      ),
    );
  });
});

describe('experimentsOf', () => {
  const of = (experiments: PipelineConfig['experiments'], more: Partial<PipelineConfig> = {}) =>
    experimentsOf(parsePipeline(definePipeline({ name: 'a', experiments, ...more }), 'p.ts'));

  it('multiplies lists, the last one fastest, and names what comes out by its values', () => {
    const found = of({ head: ['cls', 'concat:cls+mean'], seed: [0, 7] });
    expect(found.map(({ name }) => name)).toEqual([
      'cls-s0',
      'cls-s7',
      'concat-cls-mean-s0',
      'concat-cls-mean-s7',
    ]);
    expect(found.map(({ changes }) => changes)).toEqual(new Array(4).fill(['head', 'training.seed']));
    // The very configuration that the command line would make.
    const { pipeline } = found[1]!;
    expect(pipeline).toEqual(parsePipeline({ name: 'a', head: 'cls', training: { seed: 7 } }, 'p.ts'));
    expect('experiments' in pipeline).toBe(false);
  });

  it('takes a list as it is, lists of units within it too', () => {
    const found = of(
      [
        { lr: 5e-5 },
        { encoder: 'models/my-bert', 'output.hidden': [64, 32] },
        { head: 'max', name: 'other' },
        {},
      ],
      { output: { dropout: 0.1 } },
    );
    expect(found.map(({ name }) => name)).toEqual(['lr-0.00005', 'my-bert-hidden-64-32', 'other', 'base']);
    expect(found[0]!.pipeline.training.lr).toBe(5e-5);
    expect(found[1]!.pipeline).toMatchObject({
      encoder: 'models/my-bert',
      output: { hidden: [64, 32], dropout: 0.1 },
    });
    expect(found[2]!.pipeline.head).toBe('max');
  });

  it('gives the configuration itself where there are none', () => {
    expect(of(undefined)).toEqual([
      { name: 'base', changes: [], pipeline: parsePipeline({ name: 'a' }, 'p.ts') },
    ]);
  });

  it.each([
    [{ hed: ['cls'] }, 'unknown setting "hed"; the nearest known one is "head"'],
    [{ 'training.lrr': [1] }, 'unknown setting "training.lrr"; the nearest known one is "training.lr"'],
    [{ 'folds.k': [5, 10] }, '"folds.k" cannot differ: experiments are compared on the same folds'],
    [{ lr: [1e-4, -1] }, 'lr-1: training.lr: expected number to be >0, got -1'],
    [
      [{ head: 'cls' }, { head: 'cls' }],
      `two are called "cls"; give one another name, as in { name: 'other' }`,
    ],
    [[{ head: 'mean' }, { name: 'x' }], '"mean" and "x" are the same configuration'],
    [
      [{ head: 'mean', name: 'a/b' }],
      'name: expected a name of letters, digits, "-", "_" and ".", got "a/b"',
    ],
    [
      { head: 'cls' },
      /^p\.ts: experiments: expected lists of values to multiply, such as .*, got \{"head":"cls"\}$/,
    ],
    [{ head: [] }, /^p\.ts: experiments\.head: expected array to have >=1 items, got \[\]$/],
    [[], /^p\.ts: experiments: expected array to have >=1 items, got \[\]$/],
  ])('refuses %j', (experiments, message) => {
    expect(() => parsePipeline({ name: 'a', experiments }, 'p.ts')).toThrow(
      typeof message === 'string' ? new Error(`p.ts: experiments: ${message}`) : message,
    );
  });
});
