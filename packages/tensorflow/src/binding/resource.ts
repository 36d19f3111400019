/** Values as TensorFlow resource variables, which compiled functions read and update without a copy. */
import type { Context } from '../c-api/context.ts';
import type { Pointer } from '../c-api/c-api.ts';
import { AttributeKind } from './attributes.ts';
import { runOperation } from './run-operation.ts';
import type { ValueEntry, VariableEntry } from './tensor-entry.ts';

/** TensorFlow's own name for a variable that lives as long as its handle (ResourceHandle::ANONYMOUS_NAME). */
const anonymous = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/** Moves a value into a new resource; the entry's handle is given up. */
export function promoteToResource(
  context: Context,
  { handle, shape, dtype, shared }: ValueEntry,
): VariableEntry {
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
  return {
    kind: 'variable',
    resource: resource!,
    shape,
    dtype,
    readers: 0,
    updatedBy: undefined,
    shared,
  };
}

/** Gives a variable memory that no other tensor shares. */
export function ownMemory(context: Context, entry: VariableEntry): void {
  if (!entry.shared) return;
  const { resource, dtype } = entry;
  const type = (name: string) => [{ name, type: AttributeKind.type, value: dtype }];
  const made: Pointer[] = [];
  try {
    made.push(...runOperation(context, 'ReadVariableOp', type('dtype'), [resource], 1));
    made.push(...runOperation(context, 'DeepCopy', type('T'), made, 1));
    runOperation(context, 'AssignVariableOp', type('dtype'), [resource, made[1]!], 0);
  } finally {
    for (const handle of made) context.api.deleteHandle(handle);
  }
  entry.shared = false;
}

/**
 * A handle to the variable's current value. It shares the memory, and keeps its value: an update copies first where
 * there may be such a handle. @throws while a compiled function updates the variable on another thread.
 */
export function readResource(context: Context, entry: VariableEntry): Pointer {
  const { resource, dtype, shape, updatedBy } = entry;
  if (updatedBy)
    throw new Error(
      `A variable of shape [${shape}] was read while ${updatedBy} updates it on another thread; await that call first.`,
    );
  entry.shared = true;
  return runOperation(
    context,
    'ReadVariableOp',
    [{ name: 'dtype', type: AttributeKind.type, value: dtype }],
    [resource],
    1,
  )[0]!;
}
