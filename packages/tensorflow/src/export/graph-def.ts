/**
 * A graph as a serialized GraphDef (tensorflow/core/framework/graph.proto) that other versions of TensorFlow read, too:
 * without attributes that have their default, as SavedModels are stripped of them, of which an older one may not know.
 */
import { attributeDefaults } from '../binding/operation-signature.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { readBuffer, type Context } from '../c-api/context.ts';
import { readProtobuf } from '../c-api/read-protobuf.ts';
import { writeProtobuf, type ProtobufValue } from '../c-api/write-protobuf.ts';

/** Fields of a GraphDef. */
const [nodes, versions] = [1, 4];

/** Fields of a NodeDef, and of the entries of its attributes. */
const [name, operation, input, attribute] = [1, 2, 3, 5];
const [key, content] = [1, 2];

/**
 * @param names nodes that get other names
 * @throws Error that names an operation of this package, which no other program has
 */
export function graphDef(context: Context, graph: Pointer, names: ReadonlyMap<string, string>): Uint8Array {
  const { api, checked } = context;
  const defaults = new Map<string, Map<string, Uint8Array>>();
  const defaultsOf = (operation: string) => {
    if (operation.startsWith('Foldwise'))
      throw new Error(
        `the operation ${operation} is this package's own, and no other program has it; leave withKernels(true, …) out of what is exported.`,
      );
    const known = defaults.get(operation) ?? attributeDefaults(context, graph, operation);
    defaults.set(operation, known);
    return known;
  };
  const buffer = api.newBuffer();
  try {
    checked('GraphDef', (status) => api.graphToGraphDef(graph, buffer, status));
    return writeProtobuf(
      [...readProtobuf(readBuffer(buffer))].flatMap(({ field, value }): [number, ProtobufValue][] => {
        if (field === nodes) return [[field, writeNode(value as Uint8Array, names, defaultsOf)]];
        return field === versions ? [[field, value]] : [];
      }),
    );
  } finally {
    api.deleteBuffer(buffer);
  }
}

function writeNode(
  bytes: Uint8Array,
  names: ReadonlyMap<string, string>,
  defaultsOf: (operation: string) => ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  const fields = Array.from(readProtobuf(bytes), ({ field, value }) => ({
    field,
    bytes: value as Uint8Array,
  }));
  const texts = (number: number) =>
    fields.filter(({ field }) => field === number).map(({ bytes }) => Buffer.from(bytes).toString());
  const [kind] = texts(operation);
  const defaults = defaultsOf(kind!);
  const attributes = fields
    .filter(({ field }) => field === attribute)
    .map(({ bytes }) => {
      const entry = new Map(Array.from(readProtobuf(bytes), ({ field, value }) => [field, value]));
      return { key: Buffer.from(entry.get(key) as Uint8Array).toString(), bytes, value: entry.get(content) };
    })
    .filter(({ key, value }) => !sameBytes(defaults.get(key), value as Uint8Array))
    // A map has no order of its own, and the same graph should give the same bytes.
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return writeProtobuf([
    [name, names.get(texts(name)[0]!) ?? texts(name)[0]!],
    [operation, kind!],
    ...texts(input).map((text): [number, string] => [input, renamed(text, names)]),
    ...attributes.map(({ bytes }): [number, Uint8Array] => [attribute, bytes]),
  ]);
}

/** An input is a node's name, with ":1" for its second output, or with "^" before it where it must only run before. */
function renamed(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/[^^:]+/, (node) => names.get(node) ?? node);
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
