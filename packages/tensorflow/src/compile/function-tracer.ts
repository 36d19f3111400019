/**
 * Traces one call of a TypeScript function of tensors into a TensorFlow function. As with tf.function, variables are
 * captured as resources, read where the function first uses them and updated after; other values of outside become
 * inputs, or constants where they are small.
 */
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { DataType } from '../c-api/data-type.ts';
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { GraphTrace } from '../binding/graph-trace.ts';
import type { TensorEntry } from '../binding/tensor-entry.ts';
import type { TensorflowBackend } from '../engine/tensorflow-backend.ts';
import { tf } from '../tf.ts';
import { activate } from './active-tracer.ts';
import { Captures, type Captured, type StandIn, type VariablesAre } from './captures.ts';
import { HeldVariables } from './held-variables.ts';
import { KeptTensors } from './kept-tensors.ts';
import { flatten, mapArguments, type Nested } from './nested.ts';
import { idOf } from './own-value.ts';
import { ReadAfterUpdate } from './read-after-update.ts';
import { withoutChance } from './without-chance.ts';

/** What is made of a traced graph and the nodes of the function's outputs, before the graph is gone. */
export type MakeOfGraph<M> = (
  trace: GraphTrace,
  outputs: readonly GraphOutput[],
  uses: { captured: readonly Captured[]; created: readonly tf.Variable[] },
) => M;

export interface TracedFunction<M> {
  captured: readonly Captured[];
  /** The captured variables that it updates. */
  updated: ReadonlySet<tf.Variable>;
  /** Those among them whose memory it writes into, so that they must share it with nothing. */
  written: ReadonlySet<tf.Variable>;
  /**
   * Variables that `fn` made (an optimizer's slots, say). Where there are any, the outputs are their initial values
   * instead of the result, and another trace will capture them like all others.
   */
  created: tf.Variable[];
  outputs: { shape: number[]; dtype: number }[];
  /** Whether an input is of strings. */
  takesStrings: boolean;
  /** What each call does to JavaScript's objects: an optimizer counts its steps. */
  effects: readonly (() => void)[];
  /** The structure that the function returned; its tensors stand for the outputs, in order. */
  result: Nested;
  made: M;
  nodes: number;
}

/** An operation that writes into the memory of variables, which are among its inputs. */
export interface InPlaceWrite {
  operation: string;
  attributes: readonly Attribute[];
  inputs: readonly GraphOutput[];
  variables: readonly tf.Variable[];
}

/** An operation that updates variables by their resources, after others. */
export interface Update extends InPlaceWrite {
  after: readonly Update[];
}

export interface TracerOptions {
  /** Whether operations may update variables (`addUpdate`, `writeInPlace`) instead of assigning to them. */
  hasUpdates: boolean;
  /** As `Captures` has them (default "resources"). */
  variablesAre?: VariablesAre;
}

export class FunctionTracer {
  readonly trace: GraphTrace;
  readonly hasUpdates: boolean;
  readonly #backend: TensorflowBackend;
  /** For messages. */
  readonly #name: string;
  readonly #held: HeldVariables;
  readonly #captures: Captures;
  readonly #effects: (() => void)[] = [];
  readonly #updated = new Set<tf.Variable>();
  /** Those that an operation updates after all that reads them. */
  readonly #updatedLast = new Set<tf.Variable>();
  readonly #updates: Update[] = [];
  readonly #writes: InPlaceWrite[] = [];
  #finished = false;

  constructor(
    backend: TensorflowBackend,
    name: string,
    { hasUpdates, variablesAre = 'resources' }: TracerOptions,
  ) {
    this.hasUpdates = hasUpdates;
    this.#backend = backend;
    this.#name = name;
    this.#held = new HeldVariables(backend);
    this.trace = new GraphTrace(backend.binding.context, name);
    this.#captures = new Captures(backend, this.trace, this.#held, variablesAre);
  }

  /** Runs `fn` on symbolic tensors; the variables are what they were afterwards. Call it once. */
  run<M>(fn: (...args: never[]) => Nested, args: readonly Nested[], make: MakeOfGraph<M>): TracedFunction<M> {
    const { binding } = this.#backend;
    const kept = new KeptTensors(this.#backend);
    activate(this);
    try {
      return binding.traceInto(
        this.trace,
        {
          capture: (id, entry) => this.#capture(id, entry),
          variableName: (id) => this.#held.byId(id)?.name,
        },
        () => {
          const scope = tf.engine();
          scope.startScope(this.#name);
          try {
            return withoutChance(this.#name, () => this.#trace(fn, args, kept, make));
          } finally {
            scope.endScope();
          }
        },
      );
    } finally {
      activate(undefined);
      this.#held.restore();
      kept.end();
      this.trace.dispose();
      if (!this.#finished) this.#captures.release();
    }
  }

  /** The graph node that holds a variable's resource, for operations that update it. @throws where it takes values only */
  resourceOf(variable: tf.Variable): GraphOutput {
    const { resource } = this.#captures.variable(variable);
    if (resource) return resource;
    throw new Error(
      `${this.#name} updates the variable ${variable.name}; a graph that takes variables by their values cannot.`,
    );
  }

  /** A scalar that each call of the function reads. */
  number(read: () => number): tf.Tensor {
    return this.#tensorOf(this.#captures.number(read), DataType.float32, [], 'a number of outside');
  }

  /** Runs `body`, in which a number in the code of others stands for one that each call reads. */
  withStandIn<R>(standIn: StandIn, body: () => R): R {
    return this.#captures.withStandIn(standIn, body);
  }

  /** Makes a variable with a value of outside, which the function finds as if it had been there before. */
  makeOutside(make: () => tf.Variable): tf.Variable {
    return this.#held.makeOutside(make);
  }

  /** Does something to JavaScript's objects at each call. */
  atEachCall(effect: () => void): void {
    this.#effects.push(effect);
  }

  /**
   * Adds an operation that updates variables, after their reads and after the updates `after`, which are what this
   * gives; it runs though no output needs it. A read that the function has after it is a ReadAfterUpdate.
   */
  addUpdate(
    operation: string,
    attributes: readonly Attribute[],
    variables: readonly tf.Variable[],
    inputs: readonly GraphOutput[],
    after: readonly Update[] = [],
  ): Update {
    const update = { operation, attributes, variables, inputs, after };
    this.#updateLast(variables);
    this.#updates.push(update);
    return update;
  }

  /** The value of a variable as an input of the operation that writes into its memory (`writeInPlace`). */
  memoryOf(variable: tf.Variable): GraphOutput {
    return this.#captures.variable(variable).read;
  }

  /**
   * Adds an operation that writes into the memory of its inputs, which are values of variables (`memoryOf`). It runs
   * last, when nothing of the function reads them any more (a later read is a ReadAfterUpdate); and nothing outside
   * does: a variant sees to that.
   */
  writeInPlace(write: InPlaceWrite): void {
    this.#updateLast(write.variables);
    this.#writes.push(write);
  }

  /** At the end of the trace, for a trace that gives variables their first values must update nothing. */
  #addUpdates(): void {
    const nodes = new Map<Update, Pointer>();
    for (const update of this.#updates) {
      const { operation, attributes, variables, inputs, after } = update;
      const before = [
        ...variables.map((variable) => this.memoryOf(variable).oper),
        ...after.map((earlier) => nodes.get(earlier)!),
      ];
      const node = this.trace.add(operation, attributes, inputs, before);
      nodes.set(update, node);
      this.trace.sideEffects.push(node);
      for (const variable of variables) this.#updated.add(variable);
    }
  }

  #addWrites(outputs: readonly GraphOutput[]): void {
    // What one write takes may be computed from what another one changes, so all of it comes before the first.
    const inputs = this.#writes.flatMap((write) => write.inputs);
    let before = [...[...outputs, ...inputs].map(({ oper }) => oper), ...this.trace.sideEffects];
    for (const { operation, attributes, inputs, variables } of this.#writes) {
      const node = this.trace.add(operation, attributes, inputs, before);
      this.trace.sideEffects.push(node);
      before = [node];
      for (const variable of variables) this.#updated.add(variable);
    }
  }

  /** @throws ReadAfterUpdate where the function has assigned to one of them, whose memory is not the value then. */
  #updateLast(variables: readonly tf.Variable[]): void {
    for (const variable of variables) this.#updatedLast.add(variable);
    this.#refuseAssigned();
  }

  #refuseAssigned(): void {
    if (
      this.#updatedLast.size > 0 &&
      this.#held.assigned().some((variable) => this.#updatedLast.has(variable))
    )
      throw new ReadAfterUpdate();
  }

  /** A copy that shares no memory with a variable that is written in place. */
  #copy(output: GraphOutput): GraphOutput {
    const type = { name: 'T', type: AttributeKind.type, value: this.trace.typeOf(output) };
    return { oper: this.trace.add('DeepCopy', [type], [output]), index: 0 };
  }

  #trace<M>(
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
    if (runs) this.#refuseAssigned();
    const tensors = runs
      ? flatten(result, `The result of ${this.#name}`).tensors
      : [...this.#held.created.values()];
    if (runs) kept.refuse(this.#name, tensors);
    let symbols = tensors.map((tensor) => binding.plainSymbolOf(idOf(this.#backend, tensor)));
    const assigned = this.#held
      .assigned()
      .map((variable) => ({ variable, value: binding.plainSymbolOf(idOf(this.#backend, variable)) }));
    this.#held.restore();
    if (runs) {
      const own = (value: GraphOutput) => (this.#writes.length > 0 ? this.#copy(value) : value);
      for (const { variable, value } of assigned) this.#assign(variable, own(value));
      this.#addUpdates();
      symbols = symbols.map(own);
      this.#addWrites(symbols);
    }
    const outputs = tensors.map(({ shape }, i) => ({
      shape,
      dtype: binding.context.api.outputType(symbols[i]!),
    }));
    const captured = this.#captures.inputs;
    const traced = {
      captured,
      updated: this.#updated,
      written: new Set(runs ? this.#writes.flatMap(({ variables }) => variables) : []),
      created,
      outputs,
      takesStrings: this.trace.inputs.some((input) => this.trace.typeOf(input) === DataType.string),
      effects: runs ? this.#effects : [],
      result,
      nodes: this.trace.size,
      made: make(this.trace, symbols, { captured, created }),
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

  #assign(variable: tf.Variable, value: GraphOutput): void {
    const dtype = { name: 'dtype', type: AttributeKind.type, value: DataType[variable.dtype] };
    this.addUpdate('AssignVariableOp', [dtype], [variable], [this.resourceOf(variable), value]);
  }

  #placeholder({ dtype, shape }: tf.Tensor): tf.Tensor {
    const type = DataType[dtype];
    return this.#tensorOf(this.trace.placeholder(type, shape), type, shape, 'an argument');
  }

  #tensorOf(output: GraphOutput, dtype: number, shape: number[], operation: string): tf.Tensor {
    const [metadata] = this.#backend.binding.addSymbols([{ output, dtype, shape }], operation);
    return this.#backend.createOutputTensor(metadata!);
  }

  #capture(id: number, entry: TensorEntry): GraphOutput {
    const variable = this.#held.byId(id);
    if (variable && this.#updatedLast.has(variable)) throw new ReadAfterUpdate();
    return this.#captures.symbolOf(id, entry);
  }
}
