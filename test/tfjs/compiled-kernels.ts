/**
 * Makes every kernel of TensorFlow.js run compiled, and checks each call against the eager kernel. What a kernel does
 * inside (other kernels, the binding) is a part of its trace. Functions are not kept: each call traces its own.
 */
import { compile, tf, type Nested } from '@foldwise/tensorflow';
import { compareOutputs } from './compare-outputs.ts';
import { random } from './untraceable.ts';

export interface KernelCalls {
  /** Calls that ran as a TensorFlow function of their own, by kernel. */
  compiled: Record<string, number>;
  /** Calls that ran eagerly, for what came up when they were traced. */
  fallbacks: { kernel: string; error: string }[];
  /** Calls whose compiled results are not the eager ones. */
  disagreements: { kernel: string; difference: string }[];
}

type Call = Parameters<tf.KernelFunc>[0];
type Outputs = tf.Tensor | tf.Tensor[];
type Kernel = (call: Call) => Outputs;

let inKernel = false;

/** XLA takes a tenth of a second for a function: of each kernel one that it compiles will do, or so many that it does not. */
const mostRefusals = 4;

/**
 * Replaces the kernels in TensorFlow.js's registry; the answer is filled as they are called. Call it once.
 * @param xla whether XLA compiles them, some of each
 */
export function compileKernels(xla = false): KernelCalls {
  const calls: KernelCalls = { compiled: {}, fallbacks: [], disagreements: [] };
  const isEnough = (name: string) =>
    (calls.compiled[name] ?? 0) > 0 ||
    calls.fallbacks.filter(({ kernel }) => kernel === name).length >= mostRefusals;
  for (const config of tf.getKernelsForBackend('tensorflow')) {
    const { kernelName, kernelFunc } = config;
    const kernel: Kernel = (call) => {
      const outputs = kernelFunc(call);
      return Array.isArray(outputs) ? outputs.map(asTensor) : asTensor(outputs);
    };
    tf.unregisterKernel(kernelName, 'tensorflow');
    tf.registerKernel({
      ...config,
      kernelFunc: (call) => {
        if (inKernel || (xla && isEnough(kernelName))) return kernelFunc(call);
        inKernel = true;
        try {
          return run(kernelName, kernel, call, calls, xla);
        } finally {
          inKernel = false;
        }
      },
    });
  }
  return calls;
}

function run(name: string, kernel: Kernel, call: Call, calls: KernelCalls, xla: boolean): Outputs {
  const compiled = attempt(() => runCompiled(name, kernel, call, xla));
  const eager = attempt(() => withState({ profiling: false }, () => kernel(call)));
  const disagree = (difference: string) => calls.disagreements.push({ kernel: name, difference });
  if ('error' in eager) {
    if (!('error' in compiled)) disagree(`a result, where the eager kernel refuses: ${eager.error.message}`);
    // Both refuse: some specs look for the eager kernel's words.
    throw eager.error;
  }
  if ('error' in compiled) {
    const { message } = compiled.error;
    // What XLA does not know comes up when a function runs.
    if (compiled.error instanceof RunError && !xla) disagree(`${message}, instead of a result`);
    else calls.fallbacks.push({ kernel: name, error: message });
    return eager.value;
  }
  calls.compiled[name] = (calls.compiled[name] ?? 0) + 1;
  const difference = compareOutputs([eager.value].flat(), [compiled.value].flat(), !(name in random));
  if (difference) disagree(difference);
  // An eager Identity shares its input's value. tfjs's check for leaks, in specs of custom gradients, counts on that.
  const [kept, other] = name === 'Identity' ? [eager.value, compiled.value] : [compiled.value, eager.value];
  tf.dispose(other);
  return kept;
}

/** A traced function that failed when it ran. */
class RunError extends Error {}

function runCompiled(name: string, kernel: Kernel, call: Call, xla: boolean): Outputs {
  let traces = 0;
  const compiled = compile((inputs: Nested) => kernel({ ...call, inputs: inputs as Call['inputs'] }), {
    name,
    xla,
    onTrace: () => traces++,
  });
  try {
    return withState({ gradientDepth: 0, registeredVariables: {} }, () => compiled(call.inputs as Nested));
  } catch (cause) {
    throw traces > 0 ? new RunError((cause as Error).message) : cause;
  } finally {
    compiled.dispose();
  }
}

function attempt<R>(body: () => R): { value: R } | { error: Error } {
  try {
    return { value: body() };
  } catch (error) {
    return { error: error as Error };
  }
}

/**
 * Runs `body` with another state of TensorFlow.js's engine: outside of gradients, where compiled functions run as plain
 * ones; without the variables, which come to kernels as tensors; or without a note of it in a profile.
 */
function withState<R>(other: Partial<ReturnType<typeof tf.engine>['state']>, body: () => R): R {
  const { state } = tf.engine();
  const before = Object.fromEntries(Object.entries(state).filter(([key]) => key in other));
  Object.assign(state, other);
  try {
    return body();
  } finally {
    Object.assign(state, before);
  }
}

function asTensor(output: tf.TensorInfo): tf.Tensor {
  return output instanceof tf.Tensor ? (output as tf.Tensor) : tf.engine().makeTensorFromTensorInfo(output);
}
