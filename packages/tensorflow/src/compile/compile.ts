/**
 * `compile` makes a TensorFlow function of a TypeScript one: tf.function for TensorFlow.js. The function is traced
 * once for each signature of its arguments and runs as one operation from then on, gradients and updates included.
 */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { nativeBackend, type TensorflowBackend } from '../backend/native-backend.ts';
import type { FunctionProfile } from '../profile/profile-function.ts';
import { scopeArgument, scopeOf } from '../scope/scope-arguments.ts';
import { refusePromise, scope, trainingScope, withScope } from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { flattenArguments, type Nested } from './nested.ts';
import { Variant, xlaAttribute } from './variant.ts';

export interface CompileOptions {
  /** For messages; the function's own name by default. */
  name?: string;
  /** How many traces are kept at most (default 32); one more is an error that shows the last two signatures. */
  maxVariants?: number;
  /** Called after each trace, with the signature, the number of graph nodes and the milliseconds that it took. */
  onTrace?: (variant: { signature: string; nodes: number; milliseconds: number }) => void;
  /** Compile with XLA as one kernel (default false), without this package's own: worth its time on GPUs. */
  xla?: boolean;
}

export interface CompiledFunction<A extends readonly Nested[], R extends Nested> {
  /** Runs the function and waits for it. */
  (...args: A): R;
  /**
   * Runs it on another thread, so that the event loop stays free. Until then, the variables that it updates cannot be
   * read and no other call can update what it reads: both are errors. Do not assign to them or dispose them meanwhile,
   * which nothing stops: the update is lost.
   */
  async: (...args: A) => Promise<R>;
  /**
   * How long each of its operations takes for these arguments. It runs some times, for a second or more, and waits; no
   * variable changes, since it works on copies of them. The signature is compiled first if it was not yet.
   * @throws on another engine than TensorFlow, for a function that XLA compiles (which is one operation) and on a GPU,
   * whose operations TensorFlow times only at their start; else as a call does.
   */
  profile: (...args: A) => FunctionProfile;
  /** Frees the compiled variants; the next call traces again. @throws while a call runs on another thread. */
  dispose: () => void;
}

interface Traced {
  variant: Variant;
  /** How many random operations of a training step it has. */
  drawn: number;
}

/**
 * Compiles `fn`. Its tensors come in arguments, nested as you like, or from outside; plain values (numbers, strings)
 * among the arguments belong to the signature, so each new one is a new trace: pass what changes as `tf.scalar`. So does
 * the scope that a call is made in (`withPrecision`, `trainWith` and their kin), whose tensors are arguments, too.
 * Variables, of outside or among the arguments, are read and updated in place; each of the latter is a trace of its own. Random operations of TensorFlow.js without a seed draw anew at each
 * call, and the learning rate of its optimizers is read at each call. Whatever else `fn` does happens at the trace only.
 *
 * The plain function runs (in `tf.tidy`) on a backend other than this package's, in the trace of another compiled
 * function, and where its gradient is taken from outside (`tf.grad`), which needs each operation.
 *
 * @throws at the first call with a signature: where `fn` reads a tensor's value, draws numbers by `Math.random`, keeps a
 * tensor beyond its end (as stateful layers do), is asynchronous, returns a tensor of unknown shape, makes variables at
 * every call (an optimizer's slots, made at the first one, are fine), or TensorFlow refuses an operation; at any call: for
 * a disposed tensor or variable, one that another thread updates, or too many signatures.
 */
export function compile<A extends readonly Nested[], R extends Nested>(
  fn: (...args: A) => R,
  { name = fn.name || 'function', maxVariants = 32, onTrace, xla = false }: CompileOptions = {},
): CompiledFunction<A, R> {
  /** By signature; several of one, where variables were set to train or not since. */
  const traces = new Map<string, Traced[]>();
  let count = 0;
  const attributes: Attribute[] = xla ? [{ name: xlaAttribute, type: AttributeKind.bool, value: true }] : [];
  let running = 0;

  /** A trace of `fn` in the scope that is its first argument. */
  function trace(backend: TensorflowBackend, args: readonly Nested[]): Traced {
    let drawn = 0;
    const scoped = (ambient: Nested, ...args: A): R =>
      withScope(scopeOf(ambient), () => {
        const from = trainingScope()?.next ?? 0;
        const result = plainResult(fn(...args));
        drawn = (trainingScope()?.next ?? 0) - from;
        return result;
      });
    const variant = new Variant(
      backend,
      name,
      scoped as unknown as (...args: never[]) => Nested,
      args,
      attributes,
    );
    return { variant, drawn };
  }

  function plainResult(result: R): R {
    refusePromise(
      result,
      `${name} is asynchronous; a compiled function returns tensors, and is awaited from outside.`,
    );
    return result;
  }

  function tracedFor(backend: TensorflowBackend, signature: string, args: readonly Nested[]): Traced {
    const known = traces.get(signature)?.find(({ variant }) => variant.fits());
    if (known) return known;
    if (count >= maxVariants)
      throw new Error(
        `${name} would be compiled for more than ${maxVariants} signatures; the last two: ${[...traces.keys()].at(-1)} and ${signature}. Pad inputs to a few shapes, pass changing numbers as tensors, or raise maxVariants.`,
      );
    const start = performance.now();
    let traced = trace(backend, args);
    if (traced.variant.traced.created.length > 0) {
      initialize(traced.variant, args);
      traced = trace(backend, args);
      if (traced.variant.traced.created.length > 0) refuse(traced.variant);
    }
    traces.set(signature, [...(traces.get(signature) ?? []), traced]);
    count++;
    const { nodes } = traced.variant.traced;
    onTrace?.({ signature, nodes, milliseconds: performance.now() - start });
    return traced;
  }

  /** Gives the variables that `fn` made their values, which are what the variant computes. */
  function initialize(variant: Variant, args: readonly Nested[]): void {
    try {
      const values = variant.run(flattenArguments(args, name).tensors);
      variant.traced.created.forEach((variable, i) => {
        variable.assign(values[i]!);
        values[i]!.dispose();
      });
    } catch (error) {
      tf.dispose(variant.traced.created);
      throw error;
    } finally {
      variant.dispose();
    }
  }

  function refuse(variant: Variant): never {
    const { created } = variant.traced;
    const names = created.map((variable) => variable.name).join(', ');
    tf.dispose(created);
    variant.dispose();
    throw new Error(`${name} makes variables at every call (${names}); make them once, outside of it.`);
  }

  /** The variant for a call that is made now, and the tensors that it takes. */
  function prepare(backend: TensorflowBackend, args: A) {
    const ambient = scopeArgument(xla ? { ...scope(), kernels: false } : scope());
    const given = flattenArguments(args, name);
    const around = flattenArguments(ambient, `The scope of ${name}`);
    const signature = around.signature === '{}' ? given.signature : given.signature + around.signature;
    const { variant, drawn } = tracedFor(backend, signature, [ambient, ...args]);
    // What it draws of the step's random numbers is drawn for whatever follows it.
    const training = trainingScope();
    if (training) training.next += drawn;
    return { variant, tensors: [...around.tensors, ...given.tensors] };
  }

  const call = (...args: A): R => {
    const backend = nativeBackend();
    if (!backend || backend.binding.trace || tf.engine().state.gradientDepth > 0)
      return tf.tidy(() => plainResult(fn(...args)) as tf.TensorContainer) as R;
    const { variant, tensors } = prepare(backend, args);
    return variant.result(variant.run(tensors)) as R;
  };

  const callAsync = async (...args: A): Promise<R> => {
    const backend = nativeBackend();
    if (!backend) return call(...args);
    if (backend.binding.trace)
      throw new Error(`${name}.async was called while another function was compiled; call ${name} there.`);
    const { variant, tensors } = prepare(backend, args);
    running++;
    try {
      return variant.result(await variant.runAsync(tensors)) as R;
    } finally {
      running--;
    }
  };

  const profile = (...args: A): FunctionProfile => {
    const backend = nativeBackend();
    if (!backend)
      throw new Error(`${name} runs uncompiled here; only TensorFlow's engine profiles functions.`);
    if (backend.binding.trace)
      throw new Error(`${name}.profile was called while another function was compiled; call it outside.`);
    if (backend.binding.isUsingGpuDevice())
      throw new Error(
        `${name} cannot be profiled on a GPU; start the engine with the device "cpu" (or FOLDWISE_DEVICE).`,
      );
    if (xla) throw new Error(`${name} is one operation, which XLA makes of it; profile it without xla.`);
    const { variant, tensors } = prepare(backend, args);
    return variant.profile(tensors);
  };

  const dispose = () => {
    if (running > 0) throw new Error(`${name} still runs on another thread; await it before you dispose it.`);
    for (const { variant } of [...traces.values()].flat()) variant.dispose();
    traces.clear();
    count = 0;
  };

  return Object.assign(call, { async: callAsync, profile, dispose });
}
