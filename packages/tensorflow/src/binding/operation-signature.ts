/** What the binding must know of an operation to add it to a graph: which of its arguments are lists. */
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
  const buffer = context.api.newBuffer();
  try {
    context.checked(operation, (status) => context.api.getOpDef(graph, operation, buffer, status));
    const found = [...readProtobuf(readBuffer(buffer))]
      .filter(({ field }) => field === 2) // OpDef.input_arg
      .map(({ value }) => argument(value as Uint8Array));
    known.set(operation, found);
    return found;
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
