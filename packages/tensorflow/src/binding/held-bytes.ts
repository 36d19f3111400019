/** Counts the bytes of the tensors that the binding holds, for each device. */
import type { Context } from '../c-api/context.ts';
import { bytesPerElement, DataType } from '../c-api/data-type.ts';
import type { TensorEntry } from './tensor-entry.ts';
import { stringBytes } from './tensor-memory.ts';

/** Bytes now, and the most since the start or the last reset. */
export interface Held {
  bytes: number;
  peakBytes: number;
}

export class HeldBytes {
  readonly #context: Context;
  readonly #devices = new Map<string, Held>();

  constructor(context: Context) {
    this.#context = context;
    for (const { name } of context.devices) this.#devices.set(name, { bytes: 0, peakBytes: 0 });
  }

  add(entry: TensorEntry): void {
    const held = this.#of(entry);
    if (!held) return;
    held.bytes += bytesOf(entry);
    held.peakBytes = Math.max(held.peakBytes, held.bytes);
  }

  /** Call it while the entry's handle still lives. */
  remove(entry: TensorEntry): void {
    const held = this.#of(entry);
    if (held) held.bytes -= bytesOf(entry);
  }

  /** @param device its full name */
  on(device: string): Held {
    return { ...this.#devices.get(device)! };
  }

  resetPeak(): void {
    for (const held of this.#devices.values()) held.peakBytes = held.bytes;
  }

  #of(entry: TensorEntry): Held | undefined {
    if (entry.kind === 'symbol') return undefined;
    const { api, checked, devices } = this.#context;
    // A call that most machines need not make for every tensor.
    if (devices.length === 1) return this.#devices.get(devices[0]!.name);
    // The handle of a variable lies in the CPU's memory, wherever the variable is.
    const name =
      entry.kind === 'variable'
        ? checked('device', (s) => api.handleDeviceName(entry.resource, s))
        : checked('device', (s) => api.handleBackingDeviceName(entry.handle, s));
    return this.#devices.get(name);
  }
}

/** Of a string, what the tensor itself takes, without longer texts, which lie apart. */
function bytesOf({ shape, dtype }: TensorEntry): number {
  const element = dtype === DataType.string ? stringBytes : (bytesPerElement[dtype] ?? 0);
  return shape.reduce((product, n) => product * n, element);
}
