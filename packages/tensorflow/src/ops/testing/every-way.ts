/** Runs an operation's tests in every way that it may run: natively, eager and compiled, and on the portable engines. */
import { beforeAll, describe, expect } from 'vitest';
import { compile } from '../../compile/compile.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { startWasm } from '../../engine/start-wasm.ts';
import { withKernels } from '../../scope/scope.ts';
import { tf } from '../../tf.ts';

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor[];

/** `operation` as this way runs it. */
type Prepare = (operation: Operation) => Operation & { dispose: () => void };

/** The values of what `operation` gives for `inputs`, which are disposed; no other tensor may be left. */
type Evaluate = (operation: Operation, ...inputs: tf.Tensor[]) => number[][];

const eager: Prepare = (operation) =>
  Object.assign((...inputs: tf.Tensor[]) => tf.tidy(() => operation(...inputs)), { dispose: () => {} });

const native = () => startEngine({ engine: 'tensorflow' });

interface Way {
  name: string;
  backend: string;
  start: () => Promise<unknown>;
  prepare: Prepare;
}

const ways: Way[] = [
  { name: 'TensorFlow, eager', backend: 'tensorflow', start: native, prepare: eager },
  { name: 'TensorFlow, compiled', backend: 'tensorflow', start: native, prepare: (fn) => compile(fn) },
  {
    name: 'TensorFlow, compiled, without kernels',
    backend: 'tensorflow',
    start: native,
    prepare: (fn) => compile((...inputs) => withKernels(false, () => fn(...inputs))),
  },
  { name: 'wasm', backend: 'wasm', start: () => startWasm('for tests'), prepare: eager },
  { name: 'cpu', backend: 'cpu', start: () => Promise.resolve(), prepare: eager },
];

export function everyWay(tests: (evaluate: Evaluate, prepare: Prepare) => void): void {
  for (const { name, backend, start, prepare } of ways)
    describe(name, () => {
      beforeAll(async () => {
        tf.env().set('PROD', true); // or the backend "cpu" advises on the console to take another one
        await start();
        await tf.setBackend(backend);
      });
      const evaluate: Evaluate = (operation, ...inputs) => {
        const before = tf.memory().numTensors - inputs.length;
        const prepared = prepare(operation);
        try {
          const results = prepared(...inputs);
          const values = results.map((result) => Array.from(result.dataSync()));
          tf.dispose([results, inputs]);
          expect(tf.memory().numTensors, 'tensors after the operation').toBe(before);
          return values;
        } finally {
          prepared.dispose();
        }
      };
      tests(evaluate, prepare);
    });
}
