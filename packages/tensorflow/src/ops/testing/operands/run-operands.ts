/** Runs one operation with operands of given types, shapes and values: eagerly, and in a function that is traced. */
import { AttributeKind, type Attribute } from '../../../binding/attributes.ts';
import { GraphTrace } from '../../../binding/graph-trace.ts';
import { runOperation } from '../../../binding/run-operation.ts';
import { writeTensor } from '../../../binding/tensor-memory.ts';
import type { Pointer } from '../../../c-api/c-api.ts';
import type { Context } from '../../../c-api/context.ts';
import { DataType } from '../../../c-api/data-type.ts';
import type { Operand } from './operand-case.ts';

export interface Attempt {
  operation: string;
  attributes: readonly Attribute[];
  outputs: number;
  operands: readonly Operand[];
}

/** How much of the operands' shapes a trace knows. */
export type Known = 'known' | 'unknown sizes' | 'unknown ranks';

let functions = 0;

/** Runs it at once. @throws as it is refused */
export function runEagerly(context: Context, { operation, attributes, outputs, operands }: Attempt): void {
  withOperands(context, operands, (handles) => run(context, operation, attributes, handles, outputs));
}

/** Traces it into a function, says so, and calls that. @throws as it is refused, at the trace or at the call */
export function callTraced(context: Context, attempt: Attempt, known: Known, onTrace = () => {}): void {
  const { operation, attributes, outputs, operands } = attempt;
  const { api, checked, handle } = context;
  const name = `operands_${functions++}`;
  const trace = new GraphTrace(context, name);
  try {
    const inputs = operands.map((operand) => placeholder(trace, operand, known));
    const oper = trace.add(operation, attributes, inputs);
    const results = Array.from({ length: outputs }, (_, index) => ({ oper, index }));
    const made = checked(name, (status) =>
      api.graphToFunction(trace.graph, name, 0, -1, null, inputs.length, inputs, outputs, results, null, outputs ? 0 : 1, outputs ? null as never : [oper], null, null, name, status),
    ); // prettier-ignore
    try {
      checked(name, (status) => api.addFunction(handle, made, status));
    } finally {
      api.deleteFunction(made);
    }
    onTrace();
    try {
      withOperands(context, operands, (handles) => run(context, name, [], handles, outputs));
    } finally {
      checked(name, (status) => api.removeFunction(handle, name, status));
    }
  } finally {
    trace.dispose();
  }
}

function placeholder(trace: GraphTrace, { type, shape }: Operand, known: Known) {
  const dtype = DataType[type];
  if (known === 'known') return trace.placeholder(dtype, [...shape]);
  const attributes: Attribute[] = [{ name: 'dtype', type: AttributeKind.type, value: dtype }];
  if (known === 'unknown sizes')
    attributes.push({ name: 'shape', type: AttributeKind.shape, value: shape.map(() => -1) });
  return { oper: trace.add('Placeholder', attributes, []), index: 0 };
}

/** Runs and forgets. */
function run(
  context: Context,
  name: string,
  attributes: readonly Attribute[],
  handles: Pointer[],
  outputs: number,
): void {
  runOperation(context, name, attributes, handles, outputs).forEach((output) =>
    context.api.deleteHandle(output),
  );
}

function withOperands(
  context: Context,
  operands: readonly Operand[],
  use: (handles: Pointer[]) => void,
): void {
  const handles = operands.map((operand) => handleOf(context, operand));
  try {
    use(handles);
  } finally {
    handles.forEach((handle) => context.api.deleteHandle(handle));
  }
}

function handleOf(context: Context, { type, shape, values }: Operand): Pointer {
  const { api, checked } = context;
  const count = shape.reduce((product, n) => product * n, 1);
  const at = (i: number) => values?.[Math.min(i, values.length - 1)] ?? (type === 'int32' ? 0 : Math.sin(i));
  const written = type === 'int32' ? 'int32' : 'float32';
  const numbers = Array.from({ length: count }, (_, i) => at(i));
  const tensor = writeTensor(context, [...shape], DataType[written], numbers);
  const handle = checked('operand', (status) => api.newHandle(tensor, status));
  api.deleteTensor(tensor);
  if (type === written) return handle;
  const cast = ([name, value]: [string, number]) => ({ name, type: AttributeKind.type, value });
  const attributes = [cast(['SrcT', DataType[written]]), cast(['DstT', DataType[type]])];
  const [result] = runOperation(context, 'Cast', attributes, [handle], 1);
  api.deleteHandle(handle);
  return result!;
}
