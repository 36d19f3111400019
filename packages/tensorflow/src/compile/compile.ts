/**
 * `compile` makes a TensorFlow function of a TypeScript one: tf.function for TensorFlow.js. The function is traced
 * once for each signature of its arguments and runs as one operation from then on, gradients and updates included.
 */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { nativeBackend } from '../engine/native-backend.ts';
import type { TensorflowBackend } from '../engine/tensorflow-backend.ts';
import { withoutKernels } from '../kernels/has-kernels.ts';
import type { FunctionProfile } from '../profile/profile-function.ts';
import { tf } from '../tf.ts';
import { flatten, type Nested } from './nested.ts';
import { Variant } from './variant.ts';

export interface CompileOptions {
  /** For messages; the function's own name by default. */
  name?: string;
  /** How many signatures are kept at most (default 32); one more is an error that shows the last two. */
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

/**
 * Compiles `fn`. Its tensors come in arguments, nested as you like, or from outside; plain values (numbers, strings)
 * among the arguments belong to the signature, so each new one is a new trace: pass what changes as `tf.scalar`.
 * Variables of outside are read and updated in place. Whatever else `fn` does happens at the trace only.
 *
 * The plain function runs (in `tf.tidy`) on a backend other than this package's, in the trace of another compiled
 * function, and where its gradient is taken from outside (`tf.grad`), which needs each operation.
 *
 * @throws at the first call with a signature: where `fn` reads a tensor's value, returns a tensor of unknown shape,
 * makes variables at every call (an optimizer's slots, made at the first one, are fine), or TensorFlow refuses an
 * operation; at any call: for a disposed tensor or variable, one that another thread updates, or too many signatures.
 */
export function compile<A extends readonly Nested[], R extends Nested>(
  fn: (...args: A) => R,
  { name = fn.name || 'function', maxVariants = 32, onTrace, xla = false }: CompileOptions = {},
): CompiledFunction<A, R> {
  const variants = new Map<string, Variant>();
  const attributes: Attribute[] = xla
    ? [{ name: '_XlaMustCompile', type: AttributeKind.bool, value: true }]
    : [];
  let running = 0;

  function variantFor(backend: TensorflowBackend, signature: string, args: A): Variant {
    const known = variants.get(signature);
    if (known) return known;
    if (variants.size >= maxVariants)
      throw new Error(
        `${name} would be compiled for more than ${maxVariants} signatures; the last two: ${[...variants.keys()].at(-1)} and ${signature}. Pad inputs to a few shapes, pass changing numbers as tensors, or raise maxVariants.`,
      );
    const start = performance.now();
    const traced = () =>
      new Variant(backend, name, fn as unknown as (...args: never[]) => Nested, args, attributes);
    const trace = xla ? () => withoutKernels(traced) : traced;
    let variant = trace();
    if (variant.traced.created.length > 0) {
      initialize(variant, args);
      variant = trace();
      if (variant.traced.created.length > 0) refuse(variant);
    }
    variants.set(signature, variant);
    onTrace?.({ signature, nodes: variant.traced.nodes, milliseconds: performance.now() - start });
    return variant;
  }

  /** Gives the variables that `fn` made their values, which are what the variant computes. */
  function initialize(variant: Variant, args: A): void {
    try {
      const values = variant.run(flatten(args, name).tensors);
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

  const call = (...args: A): R => {
    const backend = nativeBackend();
    if (!backend || backend.binding.trace || tf.engine().state.gradientDepth > 0)
      return tf.tidy(() => fn(...args) as tf.TensorContainer) as R;
    const { signature, tensors } = flatten(args, name);
    const variant = variantFor(backend, signature, args);
    return variant.result(variant.run(tensors)) as R;
  };

  const callAsync = async (...args: A): Promise<R> => {
    const backend = nativeBackend();
    if (!backend) return call(...args);
    if (backend.binding.trace)
      throw new Error(`${name}.async was called while another function was compiled; call ${name} there.`);
    const { signature, tensors } = flatten(args, name);
    const variant = variantFor(backend, signature, args);
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
    const { signature, tensors } = flatten(args, name);
    return variantFor(backend, signature, args).profile(tensors);
  };

  const dispose = () => {
    if (running > 0) throw new Error(`${name} still runs on another thread; await it before you dispose it.`);
    for (const variant of variants.values()) variant.dispose();
    variants.clear();
  };

  return Object.assign(call, { async: callAsync, profile, dispose });
}
