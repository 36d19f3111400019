import { beforeAll, describe, expect, it } from 'vitest';
import { canPackSequences } from '../ops/kernels.ts';
import { startEngine } from '../engine/start-engine.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { withKernels, withPrecision } from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { exportGraph } from './export-graph.ts';
import { runGraph, type Feed } from './testing/run-graph.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const floats = (shape: number[], values: number[]): Feed => ({ shape, dtype: 'float32', values });
const vector = { x: { shape: [2], dtype: 'float32' } } as const;

describe('exportGraph', () => {
  it('gives a graph whose inputs, weights and outputs have names, and leaves no tensor behind', () => {
    const kernel = tf.variable(tf.tensor2d([1, 2, 3, 4], [2, 2]), true, 'export-test/kernel');
    const before = tf.memory().numTensors;
    const { graph, weights } = exportGraph(
      ({ x, n }) => ({ product: x!.matMul(kernel), next: n!.add(1), same: n! }),
      { x: { shape: [1, 2], dtype: 'float32' }, n: { shape: [], dtype: 'int32' } },
    );
    expect(tf.memory().numTensors).toBe(before);
    expect([...weights]).toEqual([['export-test/kernel', kernel]]);
    const fed = { x: floats([1, 2], [5, 6]), n: { shape: [], dtype: 'int32', values: [7] } as Feed };
    // Another kernel than at the trace: [5, 6] by [[10, 0], [0, 1]].
    const weight = { 'export-test/kernel': floats([2, 2], [10, 0, 0, 1]) };
    expect(runGraph(graph, { ...fed, ...weight }, ['product', 'next', 'same'])).toEqual([[50, 6], [8], [7]]);
    kernel.dispose();
  });

  it('takes a variable that is used twice once, by the name that it is given', () => {
    const scale = tf.variable(tf.tensor1d([1, 1]), true, 'export-test/scale');
    const weightNames = new Map([[scale, 'layer/scale']]);
    const { graph, weights } = exportGraph(({ x }) => x!.mul(scale).add(scale), vector, { weightNames });
    expect([...weights.keys()]).toEqual(['layer/scale']);
    const feeds = { x: floats([2], [1, 2]), 'layer/scale': floats([2], [3, 4]) };
    expect(runGraph(graph, feeds, ['output'])).toEqual([[6, 12]]);
    scale.dispose();
  });

  it('keeps other tensors of outside as constants, whatever their size', () => {
    const table = tf.range(0, 5000);
    const { graph, weights } = exportGraph(({ x }) => table.slice(4998, 2).add(x!), vector);
    table.dispose();
    expect(weights.size).toBe(0);
    expect(graph.length).toBeGreaterThan(4 * 5000);
    expect(runGraph(graph, { x: floats([2], [0.5, 0.25]) }, ['output'])).toEqual([[4998.5, 4999.25]]);
  });

  it('is in fp32 and of plain operations whatever the scope is, and the same bytes each time', () => {
    const gamma = tf.variable(tf.tensor1d([1, 2]), true, 'export-test/gamma');
    const beta = tf.variable(tf.tensor1d([0, 1]), true, 'export-test/beta');
    const matrix = { x: { shape: [1, 2], dtype: 'float32' } } as const;
    const write = () => exportGraph(({ x }) => layerNorm(x!.matMul(x!, true), gamma, beta, 0), matrix).graph;
    const plain = write();
    expect(Buffer.compare(withPrecision('bf16', write), plain)).toBe(0);
    expect(Buffer.from(plain).includes('Foldwise')).toBe(false);
    const feeds = {
      x: floats([1, 2], [1, 3]),
      'export-test/gamma': floats([2], [1, 2]),
      'export-test/beta': floats([2], [0, 1]),
    };
    // The products [[1, 3], [3, 9]], each row less its mean and by its deviation: [-1, 1].
    const [values] = runGraph(plain, feeds, ['output']);
    [-1, 3, -1, 3].forEach((value, i) => expect(values![i]).toBeCloseTo(value, 5));
    tf.dispose([gamma, beta]);
  });

  it('leaves out attributes that have their default, which older versions may not know', () => {
    const { graph } = exportGraph(({ x }) => x!.matMul(x!, false, true), {
      x: { shape: [1, 2], dtype: 'float32' },
    });
    const text = Buffer.from(graph).toString('latin1');
    expect(text).toContain('adj_y');
    expect(text).not.toContain('adj_x');
    expect(text).not.toContain('grad_x');
    expect(runGraph(graph, { x: floats([1, 2], [3, 4]) }, ['output'])).toEqual([[25]]);
  });

  it('says why a function cannot be exported, and changes nothing', () => {
    const count = tf.variable(tf.scalar(1), false, 'export-test/count');
    const before = tf.memory().numTensors;
    const refused = (fn: Parameters<typeof exportGraph>[0], message: string) => {
      expect(() => exportGraph(fn, vector, { name: 'rule' })).toThrow(message);
      expect(tf.memory().numTensors).toBe(before);
    };
    refused(({ x }) => {
      count.assign(count.add(1));
      return x!;
    }, 'rule cannot be exported: rule updates the variable export-test/count');
    refused(({ x }) => {
      tf.variable(x!, true, 'export-test/made');
      return x!;
    }, 'rule cannot be exported: it makes variables (export-test/made)');
    refused(({ x }) => ({ x: x!.neg() }), 'two of its inputs, weights and outputs are called x.');
    refused(({ x }) => ({ 'a b': x! }), '"a b" cannot be a name in a graph');
    refused(({ x }) => ({ Neg_3: x!.neg() }), '"Neg_3" cannot be a name in a graph');
    refused(({ x }) => tf.scalar(x!.dataSync()[0]!), 'The value of a tensor was read');
    expect(count.dataSync()[0]).toBe(1);
    count.dispose();
  });

  it("refuses this package's own operations by name", ({ skip }) => {
    if (!canPackSequences()) skip('there are no kernels of our own here');
    const gamma = tf.variable(tf.tensor1d([1, 2]), true, 'export-test/own');
    expect(() =>
      exportGraph(({ x }) => withKernels(true, () => layerNorm(x!, gamma, gamma, 0)), {
        x: { shape: [3, 2], dtype: 'float32' },
      }),
    ).toThrow(/the operation Foldwise\w*Norm\w* is this package's own/);
    gamma.dispose();
  });

  it('needs an engine that has graphs', async () => {
    const { getBackend } = tf;
    const backend = getBackend();
    await tf.setBackend('cpu');
    try {
      expect(() => exportGraph(({ x }) => x!, vector, { name: 'rule' })).toThrow(
        "rule cannot be exported: only TensorFlow's engine has graphs.",
      );
    } finally {
      await tf.setBackend(backend);
    }
  });
});
