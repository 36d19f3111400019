/** Values as TensorFlow resource variables, which compiled functions read and update without a copy. */
import type { Context } from '../c-api/context.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { AttributeKind } from './attributes.ts';
import { runOperation } from './run-operation.ts';
import type { ValueEntry, VariableEntry } from './tensor-entry.ts';

/** TensorFlow's own name for a variable that lives as long as its handle (ResourceHandle::ANONYMOUS_NAME). */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** Moves a value into a new resource; the entry's handle is given up. */
export function promoteToResource(context: Context, { handle, shape, dtype }: ValueEntry): VariableEntry {
  const type = { name: 'dtype', type: AttributeKind.type, value: dtype };
  const [resource] = runOperation(
    context,
    'VarHandleOp',
    [
      type,
      { name: 'shape', type: AttributeKind.shape, value: shape },
      { name: 'shared_name', type: AttributeKind.string, value: anonymous },
      { name: 'container', type: AttributeKind.string, value: '' },
    ],
    [],
    1,
  );
  try {
    runOperation(context, 'AssignVariableOp', [type], [resource!, handle], 0);
  } catch (error) {
    context.api.deleteHandle(resource!);
    throw error;
  }
  context.api.deleteHandle(handle);
  return { kind: 'variable', resource: resource!, shape, dtype, readers: 0, updatedBy: undefined };
}

/**
 * A handle to the variable's current value. It shares the memory, and keeps its value: an update copies first where
 * there is such a handle. @throws while a compiled function updates the variable on another thread.
 */
export function readResource(
  context: Context,
  { resource, dtype, shape, updatedBy }: VariableEntry,
): Pointer {
  if (updatedBy)
    throw new Error(
      `A variable of shape [${shape}] was read while ${updatedBy} updates it on another thread; await that call first.`,
    );
  return runOperation(
    context,
    'ReadVariableOp',
    [{ name: 'dtype', type: AttributeKind.type, value: dtype }],
    [resource],
    1,
  )[0]!;
}
