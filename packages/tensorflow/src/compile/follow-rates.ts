/**
 * Lets the optimizers of TensorFlow.js go on as they are meant to in compiled functions: their learning rate is read at
 * each call, and each call counts as a step. They keep both in JavaScript, so that a trace would hold the first ones.
 */
import { tf } from '../tf.ts';
import { activeTracer, type Tracer } from './active-tracer.ts';

/** What an optimizer of TensorFlow.js keeps to itself. */
interface Stock {
  learningRate: number;
  /** Of SGD and momentum: the negative rate, a tensor of its own. */
  c?: tf.Tensor;
  iterations_?: number;
  incrementIterations: () => void;
}

type ApplyGradients = (this: tf.Optimizer, gradients: Parameters<tf.Optimizer['applyGradients']>[0]) => void;

/** A number that nobody computes with, and that float32 holds as it is: 1.61803… times 2^-90. */
const marker = Math.fround(1.618034) * 2 ** -90;

/** Changes the optimizers' classes. Call it once. */
export function followRates(): void {
  const classes = [
    ...[tf.SGDOptimizer, tf.MomentumOptimizer, tf.RMSPropOptimizer, tf.AdagradOptimizer],
    ...[tf.AdadeltaOptimizer, tf.AdamOptimizer, tf.AdamaxOptimizer],
  ];
  for (const { prototype } of classes) {
    const optimizer = prototype as { applyGradients: ApplyGradients };
    const { applyGradients } = optimizer;
    optimizer.applyGradients = function (gradients) {
      const apply = () => applyGradients.call(this, gradients);
      const tracer = activeTracer();
      if (tracer) follow(tracer, this as unknown as Stock, apply);
      else apply();
    };
  }
}

function follow(tracer: Tracer, optimizer: Stock, apply: () => void): void {
  const { iterations_: before } = optimizer;
  if (optimizer.c) followTensor(tracer, optimizer, apply);
  else followNumber(tracer, optimizer, apply);
  if (optimizer.iterations_ === before) return;
  optimizer.iterations_ = before;
  tracer.atEachCall(() => optimizer.incrementIterations());
}

function followTensor(tracer: Tracer, optimizer: Stock, apply: () => void): void {
  const { c } = optimizer;
  optimizer.c = tracer.number(() => optimizer.c!.dataSync()[0]!);
  try {
    apply();
  } finally {
    optimizer.c = c!;
  }
}

/** Where the rate is a number in an optimizer's code, another one stands for it, and is found again in the graph. */
function followNumber(tracer: Tracer, optimizer: Stock, apply: () => void): void {
  const { learningRate } = optimizer;
  const standIn = { number: marker, read: () => optimizer.learningRate, uses: 0 };
  let reads = 0;
  const get = () => {
    reads++;
    return marker;
  };
  Object.defineProperty(optimizer, 'learningRate', { get, configurable: true, enumerable: true });
  try {
    tracer.withStandIn(standIn, apply);
  } finally {
    const value = { value: learningRate, writable: true, configurable: true, enumerable: true };
    Object.defineProperty(optimizer, 'learningRate', value);
  }
  if (reads !== standIn.uses)
    throw new Error(
      `${optimizer.constructor.name} computes with its learning rate in JavaScript, so that a compiled function cannot read it at each call. Use a stock optimizer, or AdamW.`,
    );
}
