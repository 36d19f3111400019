/**
 * What a traced function takes from outside, after its arguments: variables by their resources, the values of other
 * tensors, as inputs or, where they are small, as constants, and numbers that each call reads anew.
 */
import { AttributeKind } from '../binding/attributes.ts';
import { keyOf, type GraphTrace } from '../binding/graph-trace.ts';
import type { TensorEntry } from '../binding/tensor-entry.ts';
import { readTensor, withTensor } from '../binding/tensor-memory.ts';
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { bytesPerElement, DataType } from '../c-api/data-type.ts';
import type { TensorflowBackend } from '../backend/native-backend.ts';
import type { tf } from '../tf.ts';
import type { HeldVariables } from './held-variables.ts';

/** Where an input of the TensorFlow function comes from. */
export type Captured =
  | { variable: tf.Variable; /** Whether it trained at the trace. */ trainable: boolean }
  | { handle: Pointer }
  /** A float32 scalar, read at each call. */
  | { current: () => number };

/** A number in the code of others that stands for one which is read at each call. */
export interface StandIn {
  number: number;
  read: () => number;
  /** How many scalars of it, or of its negative, operations have taken. */
  uses: number;
}

/** Values up to this many bytes become constants of the graph. */
const largestConstant = 4096;

/** What a graph takes of outside: variables, which it may update, or their values alone, other values being constants. */
export type VariablesAre = 'resources' | 'values';

export class Captures {
  readonly inputs: Captured[] = [];
  readonly #backend: TensorflowBackend;
  readonly #trace: GraphTrace;
  readonly #held: HeldVariables;
  readonly #symbols = new Map<number, GraphOutput>();
  readonly #variables = new Map<tf.Variable, { resource: GraphOutput | undefined; read: GraphOutput }>();
  readonly #numbers = new Map<() => number, GraphOutput>();
  readonly #negatives = new Map<string, GraphOutput>();
  readonly #variablesAre: VariablesAre;
  #standIn: StandIn | undefined;

  constructor(
    backend: TensorflowBackend,
    trace: GraphTrace,
    held: HeldVariables,
    variablesAre: VariablesAre,
  ) {
    this.#variablesAre = variablesAre;
    this.#backend = backend;
    this.#trace = trace;
    this.#held = held;
  }

  /** The node that stands for a tensor of outside. */
  symbolOf(id: number, entry: TensorEntry): GraphOutput {
    const known = this.#symbols.get(id);
    if (known) return known;
    const variable = this.#held.byId(id);
    const symbol = variable ? this.variable(variable).read : this.#valueOf(id, entry);
    this.#symbols.set(id, symbol);
    return symbol;
  }

  /** A variable's resource, where there are any, and its value before all updates. */
  variable(variable: tf.Variable): { resource: GraphOutput | undefined; read: GraphOutput } {
    const known = this.#variables.get(variable);
    if (known) return known;
    const { shape, trainable } = variable;
    const dtype = DataType[variable.dtype];
    this.inputs.push({ variable, trainable });
    const nodes =
      this.#variablesAre === 'values'
        ? { resource: undefined, read: this.#trace.placeholder(dtype, shape) }
        : this.#resource(dtype, shape);
    this.#variables.set(variable, nodes);
    return nodes;
  }

  #resource(dtype: number, shape: number[]): { resource: GraphOutput; read: GraphOutput } {
    const resource = this.#trace.placeholder(DataType.resource, []);
    const type = { name: 'dtype', type: AttributeKind.type, value: dtype };
    const read = { oper: this.#trace.add('ReadVariableOp', [type], [resource]), index: 0 };
    // A resource has no shape in the graph; without one, nothing after it would have.
    this.#trace.setShape(read, shape);
    return { resource, read };
  }

  /** The node of a float32 scalar that each call reads. */
  number(read: () => number): GraphOutput {
    const known = this.#numbers.get(read);
    if (known) return known;
    const symbol = this.#trace.placeholder(DataType.float32, []);
    this.inputs.push({ current: read });
    this.#numbers.set(read, symbol);
    return symbol;
  }

  /** Runs `body`, in which scalars of a number, or of its negative, are what each call reads, or the negative of that. */
  withStandIn<R>(standIn: StandIn, body: () => R): R {
    this.#standIn = standIn;
    try {
      return body();
    } finally {
      this.#standIn = undefined;
    }
  }

  /** Gives up the values that it holds, where no function will. */
  release(): void {
    for (const captured of this.inputs)
      if ('handle' in captured) this.#backend.binding.context.api.deleteHandle(captured.handle);
  }

  #valueOf(id: number, { shape, dtype }: TensorEntry): GraphOutput {
    const { binding } = this.#backend;
    const bytes = shape.reduce((product, n) => product * n, bytesPerElement[dtype] ?? 0);
    if (bytes <= largestConstant || this.#variablesAre === 'values')
      return binding.entries.withHandles([id], ([handle]) =>
        withTensor(binding.context, handle!, (tensor) => {
          const isScalar = dtype === DataType.float32 && shape.length === 0;
          const followed =
            isScalar && this.#followed(readTensor(binding.context, tensor, dtype)[0] as number);
          return followed || this.#trace.constant(tensor, dtype);
        }),
      );
    // Tensors never change, so the function keeps the value, whatever becomes of the tensor.
    this.inputs.push({ handle: binding.entries.shareHandle(id) });
    return this.#trace.placeholder(dtype, shape);
  }

  #followed(value: number): GraphOutput | undefined {
    const standIn = this.#standIn;
    if (!standIn || Math.abs(value) !== standIn.number) return undefined;
    standIn.uses++;
    const symbol = this.number(standIn.read);
    return value > 0 ? symbol : this.#negative(symbol);
  }

  #negative(symbol: GraphOutput): GraphOutput {
    const key = keyOf(symbol);
    const known = this.#negatives.get(key);
    if (known) return known;
    const type = { name: 'T', type: AttributeKind.type, value: DataType.float32 };
    const negative = { oper: this.#trace.add('Neg', [type], [symbol]), index: 0 };
    this.#negatives.set(key, negative);
    return negative;
  }
}
