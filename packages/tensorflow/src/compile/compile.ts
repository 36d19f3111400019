/**
 * `compile` makes a TensorFlow function of a TypeScript one: tf.function for TensorFlow.js. The function is traced
 * once for each signature of its arguments and runs as one operation from then on, gradients and updates included.
 */
import { tf } from '../tf.ts';
import type { TensorflowBackend } from '../engine/tensorflow-backend.ts';
import { runOperation, runOperationAsync } from '../binding/run-operation.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { FunctionTracer, type TracedFunction } from './function-tracer.ts';
import { idOf } from './held-variables.ts';
import { flatten, mapTensors, type Nested } from './nested.ts';

export interface CompileOptions {
  /** For messages; the function's own name by default. */
  name?: string;
  /** How many signatures are kept at most (default 32); one more is an error that shows the last two. */
  maxVariants?: number;
  /** Called after each trace, with the signature, the number of graph nodes and the milliseconds that it took. */
  onTrace?: (variant: { signature: string; nodes: number; milliseconds: number }) => void;
  /** Compile with XLA as one kernel (default false): worth its time on GPUs. */
  xla?: boolean;
}

export interface CompiledFunction<A extends readonly Nested[], R extends Nested> {
  /** Runs the function and waits for it. */
  (...args: A): R;
  /** Runs it on another thread, so that the event loop stays free. Wait for it before you use its variables. */
  async: (...args: A) => Promise<R>;
  /** Frees the compiled variants; the next call traces again. */
  dispose: () => void;
}

interface Variant extends TracedFunction {
  name: string;
}

let functions = 0;

/**
 * Compiles `fn`. Its tensors come in arguments, nested as you like, or from outside; plain values (numbers, strings)
 * among the arguments belong to the signature, so each new one is a new trace: pass what changes as `tf.scalar`.
 * Variables of outside are read and updated in place. Whatever else `fn` does happens at the trace only.
 *
 * On a backend other than this package's, the plain function runs (in `tf.tidy`).
 *
 * @throws at the first call with a signature: where `fn` reads a tensor's value, returns a tensor of unknown shape,
 * or TensorFlow refuses an operation; at any call: for a disposed tensor or variable, or too many signatures.
 */
export function compile<A extends readonly Nested[], R extends Nested>(
  fn: (...args: A) => R,
  { name = fn.name || 'function', maxVariants = 32, onTrace, xla = false }: CompileOptions = {},
): CompiledFunction<A, R> {
  const variants = new Map<string, Variant>();
  const attributes: Attribute[] = xla
    ? [{ name: '_XlaMustCompile', type: AttributeKind.bool, value: true }]
    : [];

  function variantFor(backend: TensorflowBackend, signature: string, args: A): Variant {
    const known = variants.get(signature);
    if (known) return known;
    if (variants.size >= maxVariants)
      throw new Error(
        `${name} would be compiled for more than ${maxVariants} signatures; the last two: ${[...variants.keys()].at(-1)} and ${signature}. Pad inputs to a few shapes, pass changing numbers as tensors, or raise maxVariants.`,
      );
    const start = performance.now();
    let variant = trace(backend, args);
    if (variant.created.length > 0) {
      initialize(backend, variant, args);
      variant = trace(backend, args);
    }
    variants.set(signature, variant);
    onTrace?.({ signature, nodes: variant.nodes, milliseconds: performance.now() - start });
    return variant;
  }

  function trace(backend: TensorflowBackend, args: A): Variant {
    const { context } = backend.binding;
    const unique = `${name.replace(/\W/g, '_')}_${functions++}`;
    const traced = new FunctionTracer(backend, unique).run(
      fn as unknown as (...args: never[]) => Nested,
      args,
    );
    context.checked(name, (status) => context.api.addFunction(context.handle, traced.native, status));
    context.api.deleteFunction(traced.native);
    return { ...traced, name: unique };
  }

  function initialize(backend: TensorflowBackend, variant: Variant, args: A): void {
    const { tensors } = flatten(args, name);
    const handles = runOperation(
      backend.binding.context,
      variant.name,
      [],
      inputs(backend, variant, tensors),
      variant.outputs.length,
    );
    const values = wrap(backend, variant, handles);
    variant.created.forEach((variable, i) => {
      variable.assign(values[i]!);
      values[i]!.dispose();
    });
    release(backend, variant);
  }

  function inputs(backend: TensorflowBackend, variant: Variant, tensors: readonly tf.Tensor[]): Pointer[] {
    const { binding } = backend;
    const handles: Pointer[] = tensors.map((tensor) => {
      const entry = binding.entry(idOf(backend, tensor));
      if (entry.kind === 'value') return entry.handle;
      throw new Error(
        `${name} got a variable or a tensor of another compiled function as an argument of shape [${tensor.shape}]; use variables from the enclosing scope.`,
      );
    });
    for (const captured of variant.captured) {
      if ('handle' in captured) handles.push(captured.handle);
      else if (captured.variable.isDisposed)
        throw new Error(
          `${name} uses the variable ${captured.variable.name}, which has been disposed since it was compiled.`,
        );
      else handles.push(binding.promote(idOf(backend, captured.variable)).resource);
    }
    return handles;
  }

  function results(backend: TensorflowBackend, variant: Variant, handles: readonly Pointer[]): R {
    const values = wrap(backend, variant, handles);
    let next = 0;
    return mapTensors(variant.result, () => values[next++]!) as R;
  }

  const call = (...args: A): R => {
    const backend = nativeBackend();
    if (!backend || backend.binding.trace) return tf.tidy(() => fn(...args) as tf.TensorContainer) as R;
    const { signature, tensors } = flatten(args, name);
    const variant = variantFor(backend, signature, args);
    const given = inputs(backend, variant, tensors);
    return results(
      backend,
      variant,
      runOperation(backend.binding.context, variant.name, attributes, given, variant.outputs.length),
    );
  };

  const callAsync = async (...args: A): Promise<R> => {
    const backend = nativeBackend();
    if (!backend) return call(...args);
    const { signature, tensors } = flatten(args, name);
    const variant = variantFor(backend, signature, args);
    const given = inputs(backend, variant, tensors);
    return results(
      backend,
      variant,
      await runOperationAsync(
        backend.binding.context,
        variant.name,
        attributes,
        given,
        variant.outputs.length,
      ),
    );
  };

  const dispose = () => {
    const backend = nativeBackend();
    if (backend) for (const variant of variants.values()) release(backend, variant);
    variants.clear();
  };

  return Object.assign(call, { async: callAsync, dispose });
}

function nativeBackend(): TensorflowBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as TensorflowBackend) : undefined;
}

function wrap(backend: TensorflowBackend, { outputs }: Variant, handles: readonly Pointer[]): tf.Tensor[] {
  return outputs.map(({ shape, dtype }, i) => {
    const id = backend.binding.add({ kind: 'value', handle: handles[i]!, shape, dtype });
    return backend.createOutputTensor({ id, shape, dtype });
  });
}

function release(backend: TensorflowBackend, variant: Variant): void {
  const { api, handle, checked } = backend.binding.context;
  checked(variant.name, (status) => api.removeFunction(handle, variant.name, status));
  for (const captured of variant.captured) if ('handle' in captured) api.deleteHandle(captured.handle);
}
