/**
 * What must be known of an operation to add it to a graph, and to write that: which of its arguments are lists,
 * and which attributes may be left out.
 */
import type { Context } from '../c-api/context.ts';
import { readBuffer } from '../c-api/context.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { readProtobuf } from '../c-api/read-protobuf.ts';

export interface InputArgument {
  name: string;
  /** The attribute that counts a list's tensors, or that lists their types; undefined for a single tensor. */
  listAttribute: string | undefined;
  /** The TF_DataType, where the operation takes one only. */
  type: number | undefined;
}

const known = new Map<string, InputArgument[]>();

/** The input arguments of an operation, from its OpDef. @throws for an unknown operation. */
export function inputArguments(context: Context, graph: Pointer, operation: string): InputArgument[] {
  const cached = known.get(operation);
  if (cached) return cached;
  const found = fieldsOf(context, graph, operation, 2).map(argument); // OpDef.input_arg
  known.set(operation, found);
  return found;
}

/** The attributes of an operation that have a default, each with that, a serialized AttrValue. @throws for an unknown one. */
export function attributeDefaults(
  context: Context,
  graph: Pointer,
  operation: string,
): Map<string, Uint8Array> {
  // OpDef.attr; of an OpDef.AttrDef, name is field 1 and default_value is field 3.
  const attributes = fieldsOf(context, graph, operation, 4).map(
    (bytes) => new Map(Array.from(readProtobuf(bytes), ({ field, value }) => [field, value as Uint8Array])),
  );
  return new Map(
    attributes.flatMap((attribute): [string, Uint8Array][] => {
      const name = Buffer.from(attribute.get(1)!).toString();
      const value = attribute.get(3);
      return value ? [[name, value]] : [];
    }),
  );
}

/** One field of an operation's OpDef, each time that it is there. */
function fieldsOf(context: Context, graph: Pointer, operation: string, number: number): Uint8Array[] {
  const buffer = context.api.newBuffer();
  try {
    context.checked(operation, (status) => context.api.getOpDef(graph, operation, buffer, status));
    return [...readProtobuf(readBuffer(buffer))]
      .filter(({ field }) => field === number)
      .map(({ value }) => value as Uint8Array);
  } finally {
    context.api.deleteBuffer(buffer);
  }
}

/** OpDef.ArgDef: name is field 1, type 3, number_attr 5, type_list_attr 6. */
function argument(bytes: Uint8Array): InputArgument {
  const text = new Map<number, string>();
  let type: number | undefined;
  for (const { field, value } of readProtobuf(bytes))
    if (value instanceof Uint8Array) text.set(field, Buffer.from(value).toString());
    else if (field === 3) type = value || undefined;
  return { name: text.get(1) ?? '', listAttribute: text.get(5) || text.get(6) || undefined, type };
}
