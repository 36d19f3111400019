/** What runs TensorFlow.js in this process. */
import type { Device } from '../c-api/context.ts';
import type { Kernels } from '../kernels/has-kernels.ts';
import type { Library } from '../library/library.ts';

export interface TensorflowEngine {
  name: 'tensorflow';
  /** TensorFlow's version. */
  version: string;
  /** Threads within one operation. */
  threads: number;
  /** Operations of one compiled function at a time. */
  interOpThreads: number;
  /** All that TensorFlow sees; it computes on the first GPU among them, else on the CPU. */
  devices: Device[];
  library: Library;
  /** Foldwise's fused operations for the CPU, or why plain ones stand in for them. */
  kernels: Kernels;
}

/** The portable engine: the same results, many times slower. */
export interface WasmEngine {
  name: 'wasm';
  /** The version of tfjs-backend-wasm. */
  version: string;
  /** Always 1: tfjs-backend-wasm has no threads in Node. */
  threads: 1;
  /** Why it is not TensorFlow, and what to do about it. */
  reason: string;
}

export type Engine = TensorflowEngine | WasmEngine;
