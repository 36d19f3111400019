/** A graph that calls a function of the eager context, for a session to run; its variables are the session's own. */
import { AttributeKind, setAttribute, type Attribute } from '../binding/attributes.ts';
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import { readBuffer, type Context } from '../c-api/context.ts';
import type { SessionApi } from '../c-api/session-api.ts';

export interface InputKind {
  /** Of the value; of a variable's value, where the function takes a variable. */
  dtype: number;
  shape: number[];
  variable: boolean;
}

export interface CallingGraph {
  graph: Pointer;
  /** One for each input: feeds a value, or the value that a variable begins with. */
  placeholders: GraphOutput[];
  /** Operations that give the variables their first values. */
  assignments: Pointer[];
  call: Pointer;
  outputs: GraphOutput[];
}

/** The call's name; where TensorFlow puts the function's nodes in its place, it is a prefix of theirs. */
const callName = 'function';
const frame = 'frame/';

/** Whether a node that ran is the function's own, and no input or output of it or of the graph. */
export function isOfFunction({ node, operation }: { node: string; operation: string }): boolean {
  // TensorFlow's own names for what is around a function begin so.
  if (node === callName || node.startsWith(frame) || /^(_|Func\/)/.test(node)) return false;
  return operation !== '_Arg' && operation !== '_Retval';
}

/** The caller deletes the graph. @throws as TensorFlow refuses it. */
export function callingGraph(
  context: Context,
  sessions: SessionApi,
  name: string,
  inputs: readonly InputKind[],
  outputTypes: readonly number[],
): CallingGraph {
  const { api, checked } = context;
  const graph = api.newGraph();
  let nodes = 0;
  const add = (
    operation: string,
    attributes: readonly Attribute[],
    connect: (node: Pointer) => void,
    nodeName = `${frame}${operation}_${nodes++}`,
  ): Pointer => {
    const node = api.newOperation(graph, operation, nodeName);
    connect(node);
    checked(operation, (s) => attributes.forEach((a) => setAttribute(api, 'node', node, a, s)));
    return checked(operation, (s) => api.finishOperation(node, s));
  };
  try {
    copyFunction(context, sessions, graph, name);
    const placeholders: GraphOutput[] = [];
    const assignments: Pointer[] = [];
    const args = inputs.map(({ dtype, shape, variable }) => {
      const type = { name: 'dtype', type: AttributeKind.type, value: dtype };
      const shaped = { name: 'shape', type: AttributeKind.shape, value: shape };
      const placeholder = { oper: add('Placeholder', [type, shaped], () => undefined), index: 0 };
      placeholders.push(placeholder);
      if (!variable) return placeholder;
      // A session's variables are its own; this name tells them from each other.
      const named = { name: 'shared_name', type: AttributeKind.string, value: `variable ${nodes}` };
      const resource = { oper: add('VarHandleOp', [type, shaped, named], () => undefined), index: 0 };
      assignments.push(
        add('AssignVariableOp', [type], (node) => {
          api.addInput(node, resource);
          api.addInput(node, placeholder);
        }),
      );
      return resource;
    });
    const call = add(
      'StatefulPartitionedCall',
      [{ name: 'Tout', type: AttributeKind.type, value: outputTypes }],
      (node) => {
        api.addInputList(node, args, args.length);
        sessions.nodeSetFunction(node, 'f', name, Buffer.byteLength(name));
      },
      callName,
    );
    const outputs = outputTypes.map((_, index) => ({ oper: call, index }));
    return { graph, placeholders, assignments, call, outputs };
  } catch (error) {
    api.deleteGraph(graph);
    throw error;
  }
}

function copyFunction({ api, handle, checked }: Context, sessions: SessionApi, graph: Pointer, name: string) {
  const buffer = api.newBuffer();
  try {
    checked(name, (s) => sessions.functionDef(handle, name, buffer, s));
    const definition = readBuffer(buffer);
    const native = checked(name, (s) => sessions.importFunction(definition, definition.length, s));
    try {
      checked(name, (s) => sessions.copyFunction(graph, native, null, s));
    } finally {
      api.deleteFunction(native);
    }
  } finally {
    api.deleteBuffer(buffer);
  }
}
