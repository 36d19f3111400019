/** One trace of a compiled function: a TensorFlow function by its name, and where its inputs come from. */
import { runOperation, runOperationAsync } from '../binding/run-operation.ts';
import type { Attribute } from '../binding/attributes.ts';
import { ownMemory } from '../binding/resource.ts';
import type { Pointer } from '../c-api/c-api.ts';
import type { Context } from '../c-api/context.ts';
import type { TensorflowBackend } from '../backend/native-backend.ts';
import { profileFunction, type FunctionProfile } from '../profile/profile-function.ts';
import { tf } from '../tf.ts';
import { FunctionTracer } from './function-tracer.ts';
import { mapTensors, type Nested } from './nested.ts';
import { idOf, ownValue } from './own-value.ts';
import type { MakeOfGraph, TracedFunction } from './traced-function.ts';
import { useVariables, type VariableUse } from './use-variables.ts';
import { ReadAfterUpdate } from './variable-updates.ts';

/** Has XLA compile a function. */
export const xlaAttribute = '_XlaMustCompile';

let functions = 0;

/** With updates in the memory of variables where the function bears them: where it reads none after its update. */
function trace(
  backend: TensorflowBackend,
  names: { name: string; function: string },
  fn: (...args: never[]) => Nested,
  args: readonly Nested[],
): TracedFunction<Pointer> {
  const make = nativeFunction(backend.binding.context, names);
  try {
    return new FunctionTracer(backend, names.name, { hasUpdates: true }).run(fn, args, make);
  } catch (error) {
    if (!(error instanceof ReadAfterUpdate)) throw error;
    return new FunctionTracer(backend, names.name, { hasUpdates: false }).run(fn, args, make);
  }
}

/** Makes a TF_Function. */
function nativeFunction(
  { api, checked }: Context,
  names: { name: string; function: string },
): MakeOfGraph<Pointer> {
  return ({ graph, inputs, sideEffects }, outputs) =>
    checked(`Compiling ${names.name}`, (status) =>
      api.graphToFunction(
        graph,
        names.function,
        0,
        -1,
        null,
        inputs.length,
        inputs,
        outputs.length,
        [...outputs],
        null,
        sideEffects.length,
        sideEffects,
        null,
        null,
        names.name,
        status,
      ),
    );
}

export class Variant {
  readonly traced: TracedFunction<Pointer>;
  readonly #backend: TensorflowBackend;
  /** For messages. */
  readonly #name: string;
  /** In the TensorFlow context. */
  readonly #function: string;
  readonly #attributes: readonly Attribute[];

  /** Traces `fn`. @throws as FunctionTracer does; then nothing is left behind. */
  constructor(
    backend: TensorflowBackend,
    name: string,
    fn: (...args: never[]) => Nested,
    args: readonly Nested[],
    attributes: readonly Attribute[],
  ) {
    const { api, handle, checked } = backend.binding.context;
    this.#backend = backend;
    this.#name = name;
    this.#function = `${name.replace(/\W/g, '_')}_${functions++}`;
    this.#attributes = attributes;
    this.traced = trace(backend, { name, function: this.#function }, fn, args);
    try {
      // It would end the process.
      if (this.traced.takesStrings && attributes.some(({ name }) => name === xlaAttribute))
        throw new Error(`${name} takes a tensor of strings, which XLA has not; compile it without xla.`);
      checked(name, (status) => api.addFunction(handle, this.traced.made, status));
    } catch (error) {
      this.#releaseCaptured();
      throw error;
    } finally {
      api.deleteFunction(this.traced.made);
    }
  }

  /** Whether its variables are set to train, or not, as they were at the trace. */
  fits(): boolean {
    return this.traced.captured.every(
      (input) => !('variable' in input) || input.variable.trainable === input.trainable,
    );
  }

  /** The outputs for arguments of the traced signature. */
  run(args: readonly tf.Tensor[]): tf.Tensor[] {
    const { handles, release } = this.#inputs(args);
    const { context } = this.#backend.binding;
    const { outputs } = this.traced;
    try {
      return this.#finish(runOperation(context, this.#function, this.#attributes, handles, outputs.length));
    } finally {
      release();
    }
  }

  /** The same on another thread. */
  async runAsync(args: readonly tf.Tensor[]): Promise<tf.Tensor[]> {
    const { handles, release } = this.#inputs(args);
    const { context } = this.#backend.binding;
    const { outputs } = this.traced;
    try {
      return this.#finish(
        await runOperationAsync(context, this.#function, this.#attributes, handles, outputs.length),
      );
    } finally {
      release();
    }
  }

  /** How long its operations take for these arguments, on copies of its variables. */
  profile(args: readonly tf.Tensor[]): FunctionProfile {
    const { binding } = this.#backend;
    const { captured, outputs } = this.traced;
    const given: Pointer[] = [];
    const share = (tensor: tf.Tensor) => {
      const handle = binding.entries.shareHandle(idOf(this.#backend, tensor));
      given.push(handle);
      return handle;
    };
    try {
      return profileFunction(binding.context, {
        name: this.#function,
        inputs: [
          ...args.map((tensor) => ({ handle: share(tensor), variable: false })),
          ...captured.map((input) => {
            if ('handle' in input) return { handle: input.handle, variable: false };
            if ('current' in input) {
              const handle = this.#scalar(input.current());
              given.push(handle);
              return { handle, variable: false };
            }
            return { handle: share(this.#living(input.variable)), variable: true };
          }),
        ],
        outputTypes: outputs.map(({ dtype }) => dtype),
      });
    } finally {
      for (const handle of given) binding.context.api.deleteHandle(handle);
    }
  }

  /** The structure that the function returned, with these outputs. */
  result(outputs: readonly tf.Tensor[]): Nested {
    let next = 0;
    return mapTensors(this.traced.result, () => outputs[next++]!);
  }

  dispose(): void {
    const { api, handle, checked } = this.#backend.binding.context;
    this.#releaseCaptured();
    checked(this.#name, (status) => api.removeFunction(handle, this.#function, status));
  }

  #inputs(args: readonly tf.Tensor[]): { handles: Pointer[]; release: () => void } {
    const { binding } = this.#backend;
    const uses: VariableUse[] = [];
    const releases: (() => void)[] = [];
    const release = () => releases.forEach((each) => each());
    const own = (handle: Pointer) => {
      releases.push(() => binding.context.api.deleteHandle(handle));
      return handle;
    };
    try {
      const given = args.map((tensor) => own(binding.entries.shareHandle(idOf(this.#backend, tensor))));
      const captured = this.traced.captured.map((input) => {
        if ('handle' in input) return input.handle;
        if ('current' in input) return own(this.#scalar(input.current()));
        const variable = this.#living(input.variable);
        const entry = binding.entries.promote(ownValue(this.#backend, variable));
        const { updated, written } = this.traced;
        const { name } = variable;
        uses.push({ name, entry, updates: updated.has(variable), writes: written.has(variable) });
        return entry.resource;
      });
      releases.push(useVariables(this.#name, uses));
      this.#ownMemory(uses);
      return { handles: [...given, ...captured], release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** A handle to a float32 scalar, which the caller owns. */
  #scalar(value: number): Pointer {
    const { binding } = this.#backend;
    const id = binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value));
    try {
      return binding.entries.shareHandle(id);
    } finally {
      binding.deleteTensor(id);
    }
  }

  #living(variable: tf.Variable): tf.Variable {
    const { name, isDisposed } = variable;
    if (isDisposed)
      throw new Error(
        `${this.#name} uses the variable ${name}, which has been disposed since it was compiled.`,
      );
    return variable;
  }

  /** Sees to it that what the function writes into is its own, and that what it gives away counts as shared. */
  #ownMemory(uses: readonly VariableUse[]): void {
    const { written, updated, outputs } = this.traced;
    const gives = outputs.length > 0 || updated.size > 0;
    for (const { entry, writes } of uses)
      if (writes) ownMemory(this.#backend.binding.context, entry);
      // An output, or what a variable is assigned, may be a view of a variable, but where the function copies both.
      else if (written.size === 0 && gives) entry.shared = true;
  }

  /** The outputs of a call that has run, all or none. */
  #finish(handles: readonly Pointer[]): tf.Tensor[] {
    const { entries, context } = this.#backend.binding;
    const made: tf.Tensor[] = [];
    let taken = 0;
    try {
      for (const effect of this.traced.effects) effect();
      for (const { shape, dtype } of this.traced.outputs) {
        const handle = handles[taken++]!;
        const id = entries.add({ kind: 'value', handle, shape, dtype, shared: true });
        made.push(this.#backend.createOutputTensor({ id, shape, dtype }));
      }
      return made;
    } catch (error) {
      for (const handle of handles.slice(taken)) context.api.deleteHandle(handle);
      tf.dispose(made);
      throw error;
    }
  }

  #releaseCaptured(): void {
    const { api } = this.#backend.binding.context;
    for (const captured of this.traced.captured) if ('handle' in captured) api.deleteHandle(captured.handle);
  }
}
