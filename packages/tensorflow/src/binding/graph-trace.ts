/**
 * A graph under construction: operations are added instead of run, and shapes are inferred, so nothing is computed.
 * Follows tf.function's FuncGraph: values of outside become captured inputs, or constants where they are small.
 */
import type { Context } from '../c-api/context.ts';
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { DataType } from '../c-api/data-type.ts';
import { AttributeKind, int64s, setAttribute, type Attribute } from './attributes.ts';
import { inputArguments } from './operation-signature.ts';
import { writeTensor } from './tensor-memory.ts';

export interface TracedOutput {
  output: GraphOutput;
  shape: number[];
  dtype: number;
}

export class GraphTrace {
  readonly graph: Pointer;
  /** The function's inputs, in order. */
  readonly inputs: GraphOutput[] = [];
  /** Operations that must run though no output needs them: updates of variables. */
  readonly sideEffects: Pointer[] = [];
  readonly #context: Context;
  /** What reshaped outputs were made of, by `keyOf`. */
  readonly #origins = new Map<string, GraphOutput>();
  /** Constants, by the numbers in them. */
  readonly #shapes = new Map<string, GraphOutput>();
  #nodes = 0;

  /** The traced function's name, for messages. */
  readonly name: string;

  constructor(context: Context, name: string) {
    this.#context = context;
    this.name = name;
    this.graph = context.api.newGraph();
  }

  /** How many nodes the graph has. */
  get size(): number {
    return this.#nodes;
  }

  /** A new input of the function. */
  placeholder(dtype: number, shape: number[]): GraphOutput {
    const attributes = [
      { name: 'dtype', type: AttributeKind.type, value: dtype },
      { name: 'shape', type: AttributeKind.shape, value: shape },
    ];
    const output = { oper: this.add('Placeholder', attributes, []), index: 0 };
    this.inputs.push(output);
    return output;
  }

  /** A constant node that holds a copy of a tensor. */
  constant(tensor: Pointer, dtype: number): GraphOutput {
    const { api, checked } = this.#context;
    const node = this.#start('Const');
    api.nodeSetType(node, 'dtype', dtype);
    checked('Const', (status) => api.nodeSetTensor(node, 'value', tensor, status));
    return { oper: checked('Const', (status) => api.finishOperation(node, status)), index: 0 };
  }

  /** Adds a node. `inputs` are flat, lists included; `control` must run before it. @throws as TensorFlow refuses it. */
  add(
    operation: string,
    attributes: readonly Attribute[],
    inputs: readonly GraphOutput[],
    control: readonly Pointer[] = [],
  ): Pointer {
    const { api, checked } = this.#context;
    const node = this.#start(operation);
    const lists = this.#addInputs(node, operation, attributes, inputs);
    for (const dependency of control) api.addControlInput(node, dependency);
    checked(operation, (status) => {
      for (const attribute of attributes)
        if (!lists.has(attribute.name)) setAttribute(api, 'node', node, attribute, status);
    });
    return checked(`${operation}, while compiling ${this.name}`, (status) =>
      api.finishOperation(node, status),
    );
  }

  /** The outputs of a node with their types and inferred shapes. @throws if a shape depends on data. */
  outputs(oper: Pointer, count: number, operation: string): TracedOutput[] {
    return Array.from({ length: count }, (_, index) => {
      const output = { oper, index };
      const dtype = this.typeOf(output);
      return { output, dtype, shape: dtype === DataType.resource ? [] : this.shapeOf(output, operation) };
    });
  }

  /** The TF_DataType of a node's output. */
  typeOf(output: GraphOutput): number {
    return this.#context.api.outputType(output);
  }

  /** The inferred shape of a node's output. @throws if it depends on data. */
  shapeOf(output: GraphOutput, operation: string): number[] {
    const { api, checked } = this.#context;
    const rank = checked(operation, (status) => api.outputNumDims(this.graph, output, status));
    const dims = int64s(Array<number>(Math.max(rank, 0)).fill(0));
    if (rank > 0) checked(operation, (status) => api.outputShape(this.graph, output, dims, rank, status));
    const shape = Array.from(dims, Number);
    if (rank < 0 || shape.some((n) => n < 0))
      throw new Error(
        `${operation} gives a tensor whose shape depends on values, so ${this.name} cannot be compiled with it; use it outside the compiled function, or mask instead of selecting.`,
      );
    return shape;
  }

  /** States the shape of an output, where the graph does not know it. */
  setShape(output: GraphOutput, shape: readonly number[]): void {
    const { api, checked } = this.#context;
    checked('shape', (status) => api.setShape(this.graph, output, int64s(shape), shape.length, status));
  }

  /**
   * The elements of an output in another shape: a node, or what the output was reshaped from, which may have that shape
   * already. Layers reshape what others have just reshaped, and a third of a training step's nodes would do that.
   */
  reshape(output: GraphOutput, shape: readonly number[]): GraphOutput {
    const origin = this.#origins.get(keyOf(output)) ?? output;
    if (this.shapeOf(origin, 'Reshape').join() === shape.join()) return origin;
    const types = [
      { name: 'T', type: AttributeKind.type, value: this.typeOf(origin) },
      { name: 'Tshape', type: AttributeKind.type, value: DataType.int32 },
    ];
    const reshaped = { oper: this.add('Reshape', types, [origin, this.#shape(shape)]), index: 0 };
    this.#origins.set(keyOf(reshaped), origin);
    return reshaped;
  }

  /** A constant int32 vector, one for all that need the same. */
  #shape(shape: readonly number[]): GraphOutput {
    const known = this.#shapes.get(shape.join());
    if (known) return known;
    const tensor = writeTensor(this.#context, [shape.length], DataType.int32, [...shape]);
    try {
      const constant = this.constant(tensor, DataType.int32);
      this.#shapes.set(shape.join(), constant);
      return constant;
    } finally {
      this.#context.api.deleteTensor(tensor);
    }
  }

  /** The TF_DataType of each input argument of an operation that takes no other there. */
  inputTypes(operation: string): (number | undefined)[] {
    return inputArguments(this.#context, this.graph, operation).map(({ type }) => type);
  }

  dispose(): void {
    this.#context.api.deleteGraph(this.graph);
  }

  #start(operation: string): Pointer {
    return this.#context.api.newOperation(this.graph, operation, `${operation}_${this.#nodes++}`);
  }

  /** Groups the flat inputs into the operation's arguments; returns the attributes that lists bring by themselves. */
  #addInputs(
    node: Pointer,
    operation: string,
    attributes: readonly Attribute[],
    inputs: readonly GraphOutput[],
  ): Set<string> {
    const { api } = this.#context;
    const lists = new Set<string>();
    const args = inputArguments(this.#context, this.graph, operation);
    const listCount = args.filter((argument) => argument.listAttribute).length;
    let at = 0;
    for (const { listAttribute } of args) {
      if (!listAttribute) {
        api.addInput(node, inputs[at++]!);
        continue;
      }
      const counted = attributes.find(({ name }) => name === listAttribute)?.value;
      const length =
        listCount === 1
          ? inputs.length - (args.length - 1)
          : Array.isArray(counted)
            ? counted.length
            : (counted as number);
      api.addInputList(node, inputs.slice(at, at + length), length);
      at += length;
      lists.add(listAttribute);
    }
    return lists;
  }
}

/** By which an output is found again. */
export function keyOf({ oper, index }: GraphOutput): string {
  return `${oper}:${index}`;
}
