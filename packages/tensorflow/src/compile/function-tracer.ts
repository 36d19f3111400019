/**
 * Traces one call of a TypeScript function of tensors into a graph of TensorFlow. As with tf.function, variables are
 * captured as resources, read where the function first uses them and updated after; other values of outside become
 * inputs, or constants where they are small.
 */
import type { GraphOutput } from '../c-api/c-api.ts';
import { DataType } from '../c-api/data-type.ts';
import { GraphTrace } from '../binding/graph-trace.ts';
import type { TensorEntry } from '../binding/tensor-entry.ts';
import type { TensorflowBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { activate, type Tracer } from './active-tracer.ts';
import { Captures, type StandIn, type VariablesAre } from './captures.ts';
import { HeldVariables } from './held-variables.ts';
import { KeptTensors } from './kept-tensors.ts';
import { flatten, mapArguments, type Nested } from './nested.ts';
import { idOf } from './own-value.ts';
import type { MakeOfGraph, TracedFunction } from './traced-function.ts';
import { VariableUpdates } from './variable-updates.ts';
import { withoutChance } from './without-chance.ts';

export interface TracerOptions {
  /** Whether operations may update variables otherwise than by assigning to them. */
  hasUpdates: boolean;
  /** As `Captures` has them (default "resources"). */
  variablesAre?: VariablesAre;
}

export class FunctionTracer implements Tracer {
  readonly updates: VariableUpdates | undefined;
  readonly #trace: GraphTrace;
  readonly #backend: TensorflowBackend;
  /** For messages. */
  readonly #name: string;
  readonly #held: HeldVariables;
  readonly #captures: Captures;
  readonly #effects: (() => void)[] = [];
  readonly #updates: VariableUpdates;
  #finished = false;

  constructor(
    backend: TensorflowBackend,
    name: string,
    { hasUpdates, variablesAre = 'resources' }: TracerOptions,
  ) {
    this.#backend = backend;
    this.#name = name;
    this.#held = new HeldVariables(backend);
    this.#trace = new GraphTrace(backend.binding.context, name);
    this.#captures = new Captures(backend, this.#trace, this.#held, variablesAre);
    this.#updates = new VariableUpdates(this.#trace, this.#captures, this.#held);
    this.updates = hasUpdates ? this.#updates : undefined;
  }

  /** Runs `fn` on symbolic tensors; the variables are what they were afterwards. Call it once. */
  run<M>(fn: (...args: never[]) => Nested, args: readonly Nested[], make: MakeOfGraph<M>): TracedFunction<M> {
    const { binding } = this.#backend;
    const kept = new KeptTensors(this.#backend);
    activate(this);
    try {
      return binding.traceInto(
        this.#trace,
        {
          capture: (id, entry) => this.#capture(id, entry),
          variableName: (id) => this.#held.byId(id)?.name,
        },
        () => {
          const scope = tf.engine();
          scope.startScope(this.#name);
          try {
            return withoutChance(this.#name, () => this.#traceOf(fn, args, kept, make));
          } finally {
            scope.endScope();
          }
        },
      );
    } finally {
      activate(undefined);
      this.#held.restore();
      kept.end();
      this.#trace.dispose();
      if (!this.#finished) this.#captures.release();
    }
  }

  number(read: () => number): tf.Tensor {
    return this.#tensorOf(this.#captures.number(read), DataType.float32, [], 'a number of outside');
  }

  withStandIn<R>(standIn: StandIn, body: () => R): R {
    return this.#captures.withStandIn(standIn, body);
  }

  makeOutside(make: () => tf.Variable): tf.Variable {
    return this.#held.makeOutside(make);
  }

  atEachCall(effect: () => void): void {
    this.#effects.push(effect);
  }

  #traceOf<M>(
    fn: (...args: never[]) => Nested,
    args: readonly Nested[],
    kept: KeptTensors,
    make: MakeOfGraph<M>,
  ): TracedFunction<M> {
    const { binding } = this.#backend;
    const symbolic = args.map((arg) => mapArguments(arg, (tensor) => this.#placeholder(tensor)));
    const result = this.#result(fn, symbolic);
    const created = [...this.#held.created.keys()];
    const runs = created.length === 0;
    if (runs) this.#updates.refuseAssigned();
    const tensors = runs
      ? flatten(result, `The result of ${this.#name}`).tensors
      : [...this.#held.created.values()];
    if (runs) kept.refuse(this.#name, tensors);
    let symbols = tensors.map((tensor) => binding.plainSymbolOf(idOf(this.#backend, tensor)));
    const assigned = this.#held
      .assigned()
      .map((variable) => ({ variable, value: binding.plainSymbolOf(idOf(this.#backend, variable)) }));
    this.#held.restore();
    if (runs) symbols = this.#updates.finish(assigned, symbols);
    const outputs = tensors.map(({ shape }, i) => ({
      shape,
      dtype: binding.context.api.outputType(symbols[i]!),
    }));
    const captured = this.#captures.inputs;
    const traced = {
      captured,
      updated: this.#updates.updated,
      written: runs ? this.#updates.written : new Set<tf.Variable>(),
      created,
      outputs,
      takesStrings: this.#trace.inputs.some((input) => this.#trace.typeOf(input) === DataType.string),
      effects: runs ? this.#effects : [],
      result,
      nodes: this.#trace.size,
      made: make(this.#trace, symbols, { captured, created }),
    };
    this.#finished = true;
    return traced;
  }

  #result(fn: (...args: never[]) => Nested, args: readonly Nested[]): Nested {
    try {
      return fn(...(args as never[]));
    } catch (error) {
      // Variables that were made get their values first; the next trace, which makes none, will throw.
      if (this.#held.created.size > 0) return undefined;
      throw error;
    }
  }

  #placeholder({ dtype, shape }: tf.Tensor): tf.Tensor {
    const type = DataType[dtype];
    return this.#tensorOf(this.#trace.placeholder(type, shape), type, shape, 'an argument');
  }

  #tensorOf(output: GraphOutput, dtype: number, shape: number[], operation: string): tf.Tensor {
    const [metadata] = this.#backend.binding.addSymbols([{ output, dtype, shape }], operation);
    return this.#backend.createOutputTensor(metadata!);
  }

  #capture(id: number, entry: TensorEntry): GraphOutput {
    const variable = this.#held.byId(id);
    if (variable) this.#updates.refuseRead(variable);
    return this.#captures.symbolOf(id, entry);
  }
}
