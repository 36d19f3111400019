/** Keeps compiled functions that run on several threads from using a variable that one of them updates. */
import type { VariableEntry } from '../binding/tensor-entry.ts';

export interface VariableUse {
  /** The variable's name, for messages. */
  name: string;
  entry: VariableEntry;
  updates: boolean;
  /** Into its memory, and not by TensorFlow's operations, which copy shared memory first. */
  writes: boolean;
}

/**
 * Marks the variables as used by a function until the answer is called.
 * @throws if one of them is updated elsewhere now, or is to be updated and is read elsewhere; then none is marked.
 */
export function useVariables(functionName: string, uses: readonly VariableUse[]): () => void {
  for (const { name, entry, updates } of uses) {
    if (entry.updatedBy)
      throw new Error(
        `${functionName} uses the variable ${name}, which ${entry.updatedBy} updates on another thread now; await that call first.`,
      );
    if (updates && entry.readers > 0)
      throw new Error(
        `${functionName} updates the variable ${name}, which a call on another thread reads now; await that call first.`,
      );
  }
  for (const { entry, updates } of uses) {
    if (updates) entry.updatedBy = functionName;
    else entry.readers++;
  }
  return () => {
    for (const { entry, updates } of uses) {
      if (updates) entry.updatedBy = undefined;
      else entry.readers--;
    }
  };
}
