/**
 * TFJSBinding, the interface that TensorFlow.js's native kernels call, on TensorFlow's C API. While a function is
 * being traced, operations go to its graph. It leaves out SavedModels, which the C++ addon of tfjs-node loads.
 */
import type { Context } from '../c-api/context.ts';
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { DataType } from '../c-api/data-type.ts';
import { clearMemory, lendMemory } from '../c-api/memory.ts';
import { AttributeKind, type Attribute } from './attributes.ts';
import { checkTracedType, describeOutput } from './describe-output.ts';
import type { GraphTrace, TracedOutput } from './graph-trace.ts';
import { runOperation } from './run-operation.ts';
import {
  allocateTensor,
  readTensor,
  sizeOf,
  withTensor,
  writeTensor,
  type TensorValues,
} from './tensor-memory.ts';
import { leaked, TensorEntries } from './tensor-entries.ts';
import type { TensorEntry } from './tensor-entry.ts';
import { Autocast } from '../precision/autocast.ts';
import { roundsNow, runRounded } from '../precision/run-rounded.ts';

export interface TensorMetadata {
  id: number;
  shape: number[];
  dtype: number;
}

/** What a trace knows of tensors from outside the traced function. */
export interface Outside {
  /** The node of the graph that stands for a tensor. */
  capture: (id: number, entry: TensorEntry) => GraphOutput;
  /** The name of the variable that a tensor is the value of. */
  variableName: (id: number) => string | undefined;
}

export class TensorflowBinding {
  readonly TF_FLOAT = DataType.float32;
  readonly TF_INT32 = DataType.int32;
  readonly TF_INT64 = DataType.int64;
  readonly TF_BOOL = DataType.bool;
  readonly TF_COMPLEX64 = DataType.complex64;
  readonly TF_STRING = DataType.string;
  readonly TF_RESOURCE = DataType.resource;
  readonly TF_UINT8 = DataType.uint8;
  readonly TF_ATTR_STRING = AttributeKind.string;
  readonly TF_ATTR_INT = AttributeKind.int;
  readonly TF_ATTR_FLOAT = AttributeKind.float;
  readonly TF_ATTR_BOOL = AttributeKind.bool;
  readonly TF_ATTR_TYPE = AttributeKind.type;
  readonly TF_ATTR_SHAPE = AttributeKind.shape;
  readonly TF_ATTR_RESOURCE = AttributeKind.resource;
  readonly TF_Version: string;

  readonly context: Context;
  readonly entries: TensorEntries;
  #tracing: ({ trace: GraphTrace; autocast: Autocast } & Outside) | undefined;

  constructor(context: Context) {
    this.context = context;
    this.entries = new TensorEntries(context);
    this.TF_Version = context.api.version();
  }

  /** The trace that operations go to now. */
  get trace(): GraphTrace | undefined {
    return this.#tracing?.trace;
  }

  createTensor(shape: number[], dtype: number, values: TensorValues): number {
    return this.entries.adopt(writeTensor(this.context, shape, dtype, values), shape, dtype);
  }

  /** A float32 tensor of zeros. */
  createZeros(shape: number[]): number {
    const { api } = this.context;
    const bytes = 4 * sizeOf(shape);
    const tensor = allocateTensor({ api }, shape, DataType.float32, bytes);
    clearMemory(api.tensorData(tensor), bytes);
    return this.entries.adopt(tensor, shape, DataType.float32);
  }

  /** A float32 tensor of what `fill` writes into its memory, which is lent to it. */
  async createFloats(
    shape: number[],
    fill: (values: Float32Array<ArrayBuffer>) => Promise<void>,
  ): Promise<number> {
    const { api } = this.context;
    const bytes = 4 * sizeOf(shape);
    const tensor = allocateTensor({ api }, shape, DataType.float32, bytes);
    try {
      await lendMemory(api.tensorData(tensor), bytes, (buffer) => fill(new Float32Array(buffer)));
    } catch (error) {
      api.deleteTensor(tensor);
      throw error;
    }
    return this.entries.adopt(tensor, shape, DataType.float32);
  }

  deleteTensor(id: number): void {
    this.entries.delete(id);
  }

  tensorDataSync(id: number): TensorValues {
    const entry = this.entries.get(id);
    if (entry.kind === 'symbol')
      throw new Error(
        `The value of a tensor was read while compiling ${entry.trace.name}: the result of ${entry.operation}, which is not known until the function runs. Return the tensor and read it outside, or compute with it as a tensor.`,
      );
    const variable = this.#tracing?.variableName(id);
    if (variable !== undefined)
      throw new Error(
        `The value of the variable ${variable} was read while compiling ${this.trace!.name}, where it would stay what it is now for ever. Compute with the variable as a tensor, or read it outside.`,
      );
    return this.entries.unshared(entry, () =>
      this.entries.withHandles([id], ([handle]) =>
        withTensor(this.context, handle!, (tensor) => readTensor(this.context, tensor, entry.dtype)),
      ),
    );
  }

  /**
   * What `use` makes of a float32 tensor's values, which it may read where they are, but not write. A compiled function
   * that would update the variable meanwhile is refused.
   */
  async withFloats<R>(id: number, use: (values: Float32Array<ArrayBuffer>) => Promise<R>): Promise<R> {
    const { api, checked } = this.context;
    const entry = this.entries.get(id);
    const resolve = () =>
      this.entries.withHandles([id], ([handle]) =>
        checked('reading a tensor', (status) => api.resolveHandle(handle!, status)),
      );
    const isVariable = entry.kind === 'variable';
    const tensor = isVariable ? this.entries.unshared(entry, resolve) : resolve();
    if (isVariable) entry.readers++;
    try {
      const bytes = 4 * sizeOf(entry.shape);
      return await lendMemory(api.tensorData(tensor), bytes, (buffer) => use(new Float32Array(buffer)));
    } finally {
      if (isVariable) entry.readers--;
      api.deleteTensor(tensor);
    }
  }

  executeOp(
    name: string,
    attributes: Attribute[],
    inputIds: number[],
    outputCount: number,
  ): TensorMetadata[] {
    if (this.#tracing) {
      const { trace, autocast } = this.#tracing;
      const cast = autocast.apply(
        name,
        attributes,
        inputIds.map((id) => this.symbolOf(id, name)),
      );
      const oper = trace.add(cast.name, cast.attributes, cast.inputs);
      return this.addSymbols(trace.outputs(oper, outputCount, name), name);
    }
    const run = roundsNow(name, attributes) ? runRounded : runOperation;
    return this.entries.withHandles(
      inputIds,
      (inputs) => this.#describe(name, run(this.context, name, attributes, inputs, outputCount)),
      name,
    );
  }

  /** In the current trace: the elements of a tensor in another shape. */
  reshapeSymbol(id: number, shape: number[]): TensorMetadata {
    const trace = this.trace!;
    const output = trace.reshape(this.symbolOf(id), shape);
    return this.addSymbols([{ output, shape, dtype: trace.typeOf(output) }], 'Reshape')[0]!;
  }

  /** Ids for the outputs of a traced operation. TensorFlow.js takes bf16 for float32: the trace casts as it must. */
  addSymbols(outputs: readonly TracedOutput[], operation: string): TensorMetadata[] {
    const trace = this.trace!;
    for (const { dtype } of outputs) checkTracedType(operation, dtype);
    return outputs.map(({ output, shape, dtype }) => ({
      id: this.entries.add({ kind: 'symbol', output, operation, trace, shape, dtype }),
      shape,
      dtype: dtype === DataType.bfloat16 ? DataType.float32 : dtype,
    }));
  }

  /** Sends the operations that `body` runs to `trace`. */
  traceInto<R>(trace: GraphTrace, outside: Outside, body: () => R): R {
    if (this.#tracing)
      throw new Error(
        `${trace.name} was called for the first time while ${this.#tracing.trace.name} was being compiled; call the plain function there instead.`,
      );
    this.#tracing = { trace, autocast: new Autocast(trace), ...outside };
    try {
      return body();
    } finally {
      this.#tracing = undefined;
    }
  }

  /** The node that stands for a tensor in the current trace. @throws if it leaked from another trace. */
  symbolOf(id: number, operation?: string): GraphOutput {
    const { trace, capture } = this.#tracing!;
    const entry = this.entries.get(id, operation);
    if (entry.kind !== 'symbol') return capture(id, entry);
    if (entry.trace !== trace) throw new Error(leaked(entry.trace.name, entry.operation));
    return entry.output;
  }

  /** The same in a type that TensorFlow.js has: float32 in place of bf16. */
  plainSymbolOf(id: number): GraphOutput {
    return this.#tracing!.autocast.widen(this.symbolOf(id));
  }

  getNumOfTensors(): number {
    return this.entries.size;
  }

  isUsingGpuDevice(): boolean {
    return this.context.devices.some(({ type }) => type === 'GPU');
  }

  loadSavedModel(): never {
    throw new Error(
      'SavedModels cannot be loaded by this binding; convert the model to safetensors or to tfjs layers.',
    );
  }

  deleteSavedModel(): never {
    return this.loadSavedModel();
  }

  runSavedModel(): never {
    return this.loadSavedModel();
  }

  getNumOfSavedModels(): number {
    return 0;
  }

  /** Ids of an operation's outputs, all or none. It may hand on the memory of an input: what it makes counts as shared. */
  #describe(operation: string, outputs: Pointer[]): TensorMetadata[] {
    const { api } = this.context;
    const left = [...outputs];
    const described: TensorMetadata[] = [];
    try {
      for (const handle of outputs) {
        const { shape, dtype } = describeOutput(this.context, operation, handle);
        left.shift();
        described.push({
          id: this.entries.add({ kind: 'value', handle, shape, dtype, shared: true }),
          shape,
          dtype,
        });
      }
      return described;
    } catch (error) {
      for (const handle of left) api.deleteHandle(handle);
      for (const { id } of described) this.entries.delete(id);
      throw error;
    }
  }
}
