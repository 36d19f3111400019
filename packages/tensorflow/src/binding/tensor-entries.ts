/** The tensors of the binding by their ids, and the handles of TensorFlow that stand for their values. */
import type { Pointer } from '../c-api/c-api.ts';
import type { Context } from '../c-api/context.ts';
import { HeldBytes } from './held-bytes.ts';
import { promoteToResource, readResource } from './resource.ts';
import type { TensorEntry, VariableEntry } from './tensor-entry.ts';

export class TensorEntries {
  /** The bytes of all values and variables that have an id. */
  readonly held: HeldBytes;
  readonly #context: Context;
  readonly #entries = new Map<number, TensorEntry>();
  #nextId = 1;

  constructor(context: Context) {
    this.#context = context;
    this.held = new HeldBytes(context);
  }

  /** The id of a new entry, whose handle is the binding's from now on. */
  add(entry: TensorEntry): number {
    try {
      this.held.add(entry);
    } catch (error) {
      this.#release(entry);
      throw error;
    }
    const id = this.#nextId++;
    this.#entries.set(id, entry);
    return id;
  }

  /** The entry of a tensor id, which `operation` was given. @throws if the tensor has been disposed. */
  get(id: number, operation = 'An operation'): TensorEntry {
    const entry = this.#entries.get(id);
    // The backend, which knows its shape, has told of most of them before they come here.
    if (!entry) throw new Error(`${operation} was given tensor ${id}, which has been disposed.`);
    return entry;
  }

  /** Nothing where no tensor has the id. */
  delete(id: number): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    this.held.remove(entry);
    this.#release(entry);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The id of a TF_Tensor, which becomes the entry's. */
  adopt(tensor: Pointer, shape: number[], dtype: number): number {
    const { api, checked } = this.#context;
    try {
      const handle = checked('tensor', (status) => api.newHandle(tensor, status));
      return this.add({ kind: 'value', handle, shape, dtype, shared: false });
    } finally {
      api.deleteTensor(tensor);
    }
  }

  /** What `use` makes of handles to the values of tensors; they are its own for that time only. */
  withHandles<R>(ids: readonly number[], use: (handles: Pointer[]) => R, operation?: string): R {
    const temporary: Pointer[] = [];
    try {
      return use(ids.map((id) => this.#inputHandle(id, temporary, operation)));
    } finally {
      for (const read of temporary) this.#context.api.deleteHandle(read);
    }
  }

  /** A handle to a tensor's value, which the caller owns and nothing changes. */
  shareHandle(id: number): Pointer {
    const { api, checked } = this.#context;
    const entry = this.get(id);
    if (entry.kind === 'variable') return readResource(this.#context, entry);
    return this.withHandles([id], ([handle]) => checked('tensor', (s) => api.shareHandle(handle!, s)));
  }

  /** Turns the value behind a tensor id, which must have no other owner, into a resource that is updated in place. */
  promote(id: number): VariableEntry {
    const entry = this.get(id);
    if (entry.kind === 'variable') return entry;
    if (entry.kind === 'symbol') throw new Error(leaked(entry.trace.name, entry.operation));
    let kept: TensorEntry = entry;
    this.held.remove(entry);
    try {
      const variable = promoteToResource(this.#context, entry);
      this.#entries.set(id, variable);
      kept = variable;
      return variable;
    } finally {
      this.held.add(kept);
    }
  }

  /** `read`, after which nobody shares the memory of an entry who did not before. */
  unshared<R>(entry: TensorEntry, read: () => R): R {
    const before = entry.kind === 'symbol' || entry.shared;
    const result = read();
    if (entry.kind !== 'symbol') entry.shared = before;
    return result;
  }

  #release(entry: TensorEntry): void {
    if (entry.kind === 'value') this.#context.api.deleteHandle(entry.handle);
    else if (entry.kind === 'variable') this.#context.api.deleteHandle(entry.resource);
  }

  #inputHandle(id: number, temporary: Pointer[], operation: string | undefined): Pointer {
    const entry = this.get(id, operation);
    if (entry.kind === 'value') {
      // What takes the handle may answer with a tensor of the same memory, as a reshape does.
      entry.shared = true;
      return entry.handle;
    }
    if (entry.kind === 'symbol') throw new Error(leaked(entry.trace.name, entry.operation));
    const read = readResource(this.#context, entry);
    temporary.push(read);
    return read;
  }
}

/** The message for a tensor of a trace that is used outside of it. */
export function leaked(functionName: string, operation: string): string {
  return `A tensor leaked out of the compiled function ${functionName}: the result of ${operation}. Return it from the function instead of keeping it.`;
}
