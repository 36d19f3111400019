/**
 * How a traced function updates variables: by operations on their resources, or in their memory, after all that reads
 * them. They are added at the end of a trace, for a trace that gives variables their first values must update nothing.
 */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import type { GraphTrace } from '../binding/graph-trace.ts';
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { DataType } from '../c-api/data-type.ts';
import type { tf } from '../tf.ts';
import type { Captures } from './captures.ts';
import type { HeldVariables } from './held-variables.ts';

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

/** Says that a function uses a variable in a way that updates in its memory do not bear; it is traced without them then. */
export class ReadAfterUpdate extends Error {}

export class VariableUpdates {
  /** The variables that the function updates, when it is finished. */
  readonly updated = new Set<tf.Variable>();
  readonly #trace: GraphTrace;
  readonly #captures: Captures;
  readonly #held: HeldVariables;
  /** Those that an operation updates after all that reads them. */
  readonly #last = new Set<tf.Variable>();
  readonly #updates: Update[] = [];
  readonly #writes: InPlaceWrite[] = [];

  constructor(trace: GraphTrace, captures: Captures, held: HeldVariables) {
    this.#trace = trace;
    this.#captures = captures;
    this.#held = held;
  }

  /** The variables whose memory the function writes into, so that they must share it with nothing. */
  get written(): Set<tf.Variable> {
    return new Set(this.#writes.flatMap(({ variables }) => variables));
  }

  /** The graph node that holds a variable's resource, for `add`. @throws in a graph that takes variables by their values */
  resourceOf(variable: tf.Variable): GraphOutput {
    const { resource } = this.#captures.variable(variable);
    if (resource) return resource;
    throw new Error(
      `${this.#trace.name} updates the variable ${variable.name}, which a graph of values alone cannot.`,
    );
  }

  /** The value of a variable as an input of the operation that writes into its memory (`writeInPlace`). */
  memoryOf(variable: tf.Variable): GraphOutput {
    return this.#captures.variable(variable).read;
  }

  /**
   * Adds an operation that updates variables, after their reads and after the updates `after`, which are what this
   * gives; it runs though no output needs it. A read that the function has after it is a ReadAfterUpdate.
   */
  add(
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

  /**
   * Adds an operation that writes into the memory of its inputs, which are values of variables (`memoryOf`). It runs
   * last, when nothing of the function reads them any more (a later read is a ReadAfterUpdate); and nothing outside
   * does: a variant sees to that.
   */
  writeInPlace(write: InPlaceWrite): void {
    this.#updateLast(write.variables);
    this.#writes.push(write);
  }

  /** @throws ReadAfterUpdate for a variable that is updated last, whose memory is not the value then */
  refuseRead(variable: tf.Variable): void {
    if (this.#last.has(variable)) throw new ReadAfterUpdate();
  }

  /** @throws ReadAfterUpdate where the function has assigned to a variable that is updated last */
  refuseAssigned(): void {
    if (this.#last.size > 0 && this.#held.assigned().some((variable) => this.#last.has(variable)))
      throw new ReadAfterUpdate();
  }

  /** Adds all of them to the graph, and what was assigned; gives the function's outputs as they are then. */
  finish(
    assigned: readonly { variable: tf.Variable; value: GraphOutput }[],
    outputs: readonly GraphOutput[],
  ): GraphOutput[] {
    const own = (value: GraphOutput) => (this.#writes.length > 0 ? this.#copy(value) : value);
    for (const { variable, value } of assigned) this.#assign(variable, own(value));
    this.#addUpdates();
    const owned = outputs.map(own);
    this.#addWrites(owned);
    return owned;
  }

  #assign(variable: tf.Variable, value: GraphOutput): void {
    const dtype = { name: 'dtype', type: AttributeKind.type, value: DataType[variable.dtype] };
    this.add('AssignVariableOp', [dtype], [variable], [this.resourceOf(variable), value]);
  }

  /** A copy that shares no memory with a variable that is written in place. */
  #copy(output: GraphOutput): GraphOutput {
    const type = { name: 'T', type: AttributeKind.type, value: this.#trace.typeOf(output) };
    return { oper: this.#trace.add('DeepCopy', [type], [output]), index: 0 };
  }

  #addUpdates(): void {
    const nodes = new Map<Update, Pointer>();
    for (const update of this.#updates) {
      const { operation, attributes, variables, inputs, after } = update;
      const before = [
        ...variables.map((variable) => this.memoryOf(variable).oper),
        ...after.map((earlier) => nodes.get(earlier)!),
      ];
      const node = this.#trace.add(operation, attributes, inputs, before);
      nodes.set(update, node);
      this.#trace.sideEffects.push(node);
      for (const variable of variables) this.updated.add(variable);
    }
  }

  #addWrites(outputs: readonly GraphOutput[]): void {
    // What one write takes may be computed from what another one changes, so all of it comes before the first.
    const inputs = this.#writes.flatMap((write) => write.inputs);
    let before = [...[...outputs, ...inputs].map(({ oper }) => oper), ...this.#trace.sideEffects];
    for (const { operation, attributes, inputs, variables } of this.#writes) {
      const node = this.#trace.add(operation, attributes, inputs, before);
      this.#trace.sideEffects.push(node);
      before = [node];
      for (const variable of variables) this.updated.add(variable);
    }
  }

  #updateLast(variables: readonly tf.Variable[]): void {
    for (const variable of variables) this.#last.add(variable);
    this.refuseAssigned();
  }
}
