/**
 * Traces one call of a TypeScript function of tensors into a TensorFlow function. As with tf.function, variables are
 * captured as resources, read where the function first uses them and updated after; other values of outside become
 * inputs, or constants where they are small.
 */
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { bytesPerElement, DataType } from '../c-api/data-type.ts';
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { GraphTrace } from '../binding/graph-trace.ts';
import type { TensorEntry } from '../binding/tensor-entry.ts';
import { withTensor } from '../binding/tensor-memory.ts';
import type { TensorflowBackend } from '../engine/tensorflow-backend.ts';
import { tf } from '../tf.ts';
import { activate } from './active-tracer.ts';
import { HeldVariables } from './held-variables.ts';
import { flatten, mapTensors, type Nested } from './nested.ts';
import { idOf } from './own-value.ts';
import { ReadAfterUpdate } from './read-after-update.ts';

/** Where an input of the TensorFlow function comes from, after the arguments. */
export type Captured = { variable: tf.Variable } | { handle: Pointer };

export interface TracedFunction {
  captured: Captured[];
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
  /** The structure that the function returned; its tensors stand for the outputs, in order. */
  result: Nested;
  /** TF_Function. */
  native: Pointer;
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

/** Values up to this many bytes become constants of the graph. */
const largestConstant = 4096;

export class FunctionTracer {
  readonly trace: GraphTrace;
  /** Whether operations may update variables (`addUpdate`, `writeInPlace`) instead of assigning to them. */
  readonly hasUpdates: boolean;
  readonly #backend: TensorflowBackend;
  readonly #name: string;
  readonly #held: HeldVariables;
  readonly #captured: Captured[] = [];
  readonly #updated = new Set<tf.Variable>();
  /** Those that an operation updates after all that reads them. */
  readonly #updatedLast = new Set<tf.Variable>();
  readonly #updates: Update[] = [];
  readonly #writes: InPlaceWrite[] = [];
  readonly #symbols = new Map<number, GraphOutput>();
  readonly #variables = new Map<tf.Variable, { resource: GraphOutput; read: GraphOutput }>();
  #finished = false;

  /** `name` is the TensorFlow function's, unique in its context. */
  constructor(backend: TensorflowBackend, name: string, hasUpdates: boolean) {
    this.hasUpdates = hasUpdates;
    this.#backend = backend;
    this.#name = name;
    this.#held = new HeldVariables(backend);
    this.trace = new GraphTrace(backend.binding.context, name);
  }

  /** Runs `fn` on symbolic tensors; the variables are what they were afterwards. Call it once. */
  run(fn: (...args: never[]) => Nested, args: readonly Nested[]): TracedFunction {
    const { binding } = this.#backend;
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
            return this.#trace(fn, args);
          } finally {
            scope.endScope();
          }
        },
      );
    } finally {
      activate(undefined);
      this.#held.restore();
      this.trace.dispose();
      if (!this.#finished) this.#releaseCaptured();
    }
  }

  /** The graph node that holds a variable's resource, for operations that update it in place. */
  resourceOf(variable: tf.Variable): GraphOutput {
    return this.#variable(variable).resource;
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

  /** At the end of the trace, for a trace that gives variables their first values must update nothing. */
  #addUpdates(): void {
    const nodes = new Map<Update, Pointer>();
    for (const update of this.#updates) {
      const { operation, attributes, variables, inputs, after } = update;
      const before = [
        ...variables.map((variable) => this.#variable(variable).read.oper),
        ...after.map((earlier) => nodes.get(earlier)!),
      ];
      const node = this.trace.add(operation, attributes, inputs, before);
      nodes.set(update, node);
      this.trace.sideEffects.push(node);
      for (const variable of variables) this.#updated.add(variable);
    }
  }

  /** The value of a variable as an input of the operation that writes into its memory (`writeInPlace`). */
  memoryOf(variable: tf.Variable): GraphOutput {
    return this.#variable(variable).read;
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

  /** A copy that shares no memory with a variable that is written in place. */
  #copy(output: GraphOutput): GraphOutput {
    const type = { name: 'T', type: AttributeKind.type, value: this.trace.typeOf(output) };
    return { oper: this.trace.add('DeepCopy', [type], [output]), index: 0 };
  }

  #trace(fn: (...args: never[]) => Nested, args: readonly Nested[]): TracedFunction {
    const { binding } = this.#backend;
    const symbolic = args.map((arg) => mapTensors(arg, (tensor) => this.#placeholder(tensor)));
    const result = this.#result(fn, symbolic);
    const created = [...this.#held.created.keys()];
    if (created.length === 0) this.#refuseAssigned();
    const tensors =
      created.length > 0
        ? [...this.#held.created.values()]
        : flatten(result, `The result of ${this.#name}`).tensors;
    let symbols = tensors.map((tensor) => binding.plainSymbolOf(idOf(this.#backend, tensor)));
    const assigned = this.#held
      .assigned()
      .map((variable) => ({ variable, value: binding.plainSymbolOf(idOf(this.#backend, variable)) }));
    this.#held.restore();
    const runs = created.length === 0;
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
    const traced = {
      captured: this.#captured,
      updated: this.#updated,
      written: new Set(runs ? this.#writes.flatMap(({ variables }) => variables) : []),
      created,
      outputs,
      result,
      nodes: this.trace.size,
      native: this.#toFunction(this.#name, this.trace.inputs, symbols, this.trace.sideEffects),
    };
    this.#finished = true;
    return traced;
  }

  #result(fn: (...args: never[]) => Nested, args: readonly Nested[]): Nested {
    try {
      const result = fn(...(args as never[]));
      if (result instanceof Promise)
        throw new Error(
          `${this.#name} is asynchronous; a compiled function returns tensors, and is awaited from outside.`,
        );
      return result;
    } catch (error) {
      // Variables that were made get their values first; the next trace, which makes none, will throw.
      if (this.#held.created.size > 0) return undefined;
      throw error;
    }
  }

  #assign(variable: tf.Variable, value: GraphOutput): void {
    const attributes = [dtypeAttribute(tfTypeOf(variable))];
    this.addUpdate('AssignVariableOp', attributes, [variable], [this.resourceOf(variable), value]);
  }

  #placeholder(tensor: tf.Tensor): tf.Tensor {
    const dtype = tfTypeOf(tensor);
    const output = this.trace.placeholder(dtype, tensor.shape);
    const [metadata] = this.#backend.binding.addSymbols(
      [{ output, dtype, shape: tensor.shape }],
      'an argument',
    );
    return this.#backend.createOutputTensor(metadata!);
  }

  #capture(id: number, entry: TensorEntry): GraphOutput {
    const variable = this.#held.byId(id);
    if (variable && this.#updatedLast.has(variable)) throw new ReadAfterUpdate();
    const known = this.#symbols.get(id);
    if (known) return known;
    const symbol = variable ? this.#variable(variable).read : this.#captureValue(id, entry);
    this.#symbols.set(id, symbol);
    return symbol;
  }

  #captureValue(id: number, { shape, dtype }: TensorEntry): GraphOutput {
    const { binding } = this.#backend;
    const bytes = shape.reduce((product, n) => product * n, bytesPerElement[dtype] ?? 0);
    if (bytes <= largestConstant)
      return binding.withHandles([id], ([handle]) =>
        withTensor(binding.context, handle!, (tensor) => this.trace.constant(tensor, dtype)),
      );
    // Tensors never change, so the function keeps the value, whatever becomes of the tensor.
    this.#captured.push({ handle: binding.shareHandle(id) });
    return this.trace.placeholder(dtype, shape);
  }

  #variable(variable: tf.Variable) {
    const known = this.#variables.get(variable);
    if (known) return known;
    const { shape } = variable;
    const dtype = tfTypeOf(variable);
    const resource = this.trace.placeholder(DataType.resource, []);
    this.#captured.push({ variable });
    const oper = this.trace.add('ReadVariableOp', [dtypeAttribute(dtype)], [resource]);
    const node = { resource, read: { oper, index: 0 } };
    // A resource has no shape in the graph; without one, nothing after it would have.
    this.trace.setShape(node.read, shape);
    this.#variables.set(variable, node);
    return node;
  }

  #toFunction(name: string, inputs: GraphOutput[], outputs: GraphOutput[], sideEffects: Pointer[]): Pointer {
    const { api, checked } = this.#backend.binding.context;
    return checked(`Compiling ${this.#name}`, (status) =>
      api.graphToFunction(
        this.trace.graph,
        name,
        0,
        -1,
        null,
        inputs.length,
        inputs,
        outputs.length,
        outputs,
        null,
        sideEffects.length,
        sideEffects,
        null,
        null,
        this.#name,
        status,
      ),
    );
  }

  #releaseCaptured(): void {
    for (const captured of this.#captured)
      if ('handle' in captured) this.#backend.binding.context.api.deleteHandle(captured.handle);
  }
}

/** The TF_DataType of a tensor. @throws for types that TensorFlow functions here do not take. */
export function tfTypeOf({ dtype }: { dtype: tf.DataType }): number {
  return DataType[dtype];
}

function dtypeAttribute(value: number) {
  return { name: 'dtype', type: AttributeKind.type, value };
}
