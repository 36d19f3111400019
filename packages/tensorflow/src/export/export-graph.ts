/**
 * Writes a function of tensors as a graph for other programs: a GraphDef of TensorFlow's own operations, which Python
 * and each of its other languages run. It leaves out training, and functions that draw numbers stay what they are.
 */
import { nativeBackend, type TensorflowBackend } from '../backend/native-backend.ts';
import { AttributeKind } from '../binding/attributes.ts';
import type { GraphTrace } from '../binding/graph-trace.ts';
import type { GraphOutput } from '../c-api/c-api.ts';
import { FunctionTracer } from '../compile/function-tracer.ts';
import type { Nested } from '../compile/nested.ts';
import { defaultScope, withScope } from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { graphDef } from './graph-def.ts';

/** What an input of the function is; an input of another shape takes another graph. */
export interface GraphInput {
  shape: readonly number[];
  dtype: 'float32' | 'int32' | 'bool';
}

export interface ExportGraphOptions {
  /** For messages; the function's own name by default. */
  name?: string;
  /** What the placeholders of variables are called; by default as the variables are. */
  weightNames?: ReadonlyMap<tf.Variable, string>;
}

export interface ExportedGraph {
  /** A serialized GraphDef. */
  graph: Uint8Array;
  /** The variables that the function reads, by the placeholders to feed their values to: float32, of their shapes. */
  weights: Map<string, tf.Variable>;
}

/**
 * Traces `fn` for inputs of these shapes, in fp32 and with plain operations whatever the scope is, and serializes the
 * graph. Its placeholders are the inputs, by their names, and the variables that `fn` reads; whatever other tensor it
 * takes from outside is a constant within. What `fn` returns can be fetched by its key, or as "output" where it is one
 * tensor.
 *
 * @example
 * const { graph, weights } = exportGraph(({ x }) => x.matMul(kernel), { x: { shape: [2, 3], dtype: 'float32' } });
 * // Python: tf.compat.v1.import_graph_def(graph, …); feed "x:0" and those of weights, fetch "output:0".
 *
 * @throws on another engine than TensorFlow; as `compile` where `fn` cannot be traced; where it updates or makes variables,
 * uses an operation that is this package's own, and for names that are there twice or that a graph cannot have
 */
export function exportGraph(
  fn: (inputs: tf.NamedTensorMap) => tf.Tensor | tf.NamedTensorMap,
  inputs: Readonly<Record<string, GraphInput>>,
  { name = fn.name || 'function', weightNames = new Map() }: ExportGraphOptions = {},
): ExportedGraph {
  const backend = nativeBackend();
  if (!backend) throw new Error(`${name} cannot be exported: only TensorFlow's engine has graphs.`);
  const given = Object.fromEntries(
    Object.entries(inputs).map(([key, { shape, dtype }]) => [key, tf.zeros([...shape], dtype)]),
  );
  try {
    return traceAndWrite(backend, fn, given, name, weightNames);
  } catch (error) {
    throw new Error(`${name} cannot be exported: ${(error as Error).message}`, { cause: error });
  } finally {
    tf.dispose(given);
  }
}

function traceAndWrite(
  backend: TensorflowBackend,
  fn: (inputs: tf.NamedTensorMap) => tf.Tensor | tf.NamedTensorMap,
  inputs: tf.NamedTensorMap,
  name: string,
  weightNames: ReadonlyMap<tf.Variable, string>,
): ExportedGraph {
  const { context } = backend.binding;
  let outputNames: string[] = [];
  const plain = (inputs: tf.NamedTensorMap): Nested => {
    const result = withScope({ ...defaultScope, kernels: false }, () => fn(inputs));
    outputNames = result instanceof tf.Tensor ? ['output'] : Object.keys(result);
    return result;
  };
  const tracer = new FunctionTracer(backend, name, { hasUpdates: false, variablesAre: 'values' });
  const { made } = tracer.run(plain, [inputs], (trace, outputs, { captured, created }) => {
    refuseMade(created);
    const weights = captured.map((each) => {
      if ('variable' in each) return each.variable;
      throw new Error('it takes a number that changes from call to call, such as a learning rate.');
    });
    const nameOf = (weight: tf.Variable) => weightNames.get(weight) ?? weight.name;
    const names = [...Object.keys(inputs), ...weights.map(nameOf), ...outputNames];
    checkNames(names);
    const nodes = [...trace.inputs, ...outputs.map((output) => named(trace, output))];
    const renamed = new Map(nodes.map(({ oper }, i) => [context.api.operationName(oper), names[i]!]));
    return {
      graph: graphDef(context, trace.graph, renamed),
      weights: new Map(weights.map((weight) => [nameOf(weight), weight])),
    };
  });
  return made;
}

/** A node of its own for an output, which may be an input, or another output as well. */
function named(trace: GraphTrace, output: GraphOutput): GraphOutput {
  const type = { name: 'T', type: AttributeKind.type, value: trace.typeOf(output) };
  return { oper: trace.add('Identity', [type], [output]), index: 0 };
}

function refuseMade(created: readonly tf.Variable[]): void {
  if (created.length === 0) return;
  const names = created.map(({ name }) => name).join(', ');
  tf.dispose([...created]);
  throw new Error(`it makes variables (${names}); make them before.`);
}

/** @throws for a name that is there twice, or that TensorFlow does not take; names of other nodes are like MatMul_7 */
function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two of its inputs, weights and outputs are called ${twice}.`);
  const bad = names.find((name) => !/^[A-Za-z0-9.][\w./\\-]*$/.test(name) || /^[A-Z]\w*_\d+$/.test(name));
  if (bad !== undefined)
    throw new Error(
      `${JSON.stringify(bad)} cannot be a name in a graph; it takes letters, digits and . / \\ - _, and names like MatMul_7 are those of its own nodes.`,
    );
}
