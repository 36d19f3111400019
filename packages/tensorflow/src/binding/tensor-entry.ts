/** What a tensor id of the binding stands for: a value, a node of a graph being traced, or a variable's resource. */
import type { GraphOutput, Pointer } from '../c-api/c-api.ts';
import type { GraphTrace } from './graph-trace.ts';

interface Described {
  shape: number[];
  /** A TF_DataType number. */
  dtype: number;
}

export interface ValueEntry extends Described {
  kind: 'value';
  /** TFE_TensorHandle. */
  handle: Pointer;
  /** Whether another tensor may share its memory. */
  shared: boolean;
}

export interface SymbolEntry extends Described {
  kind: 'symbol';
  output: GraphOutput;
  /** Name of the operation that makes it, for messages. */
  operation: string;
  trace: GraphTrace;
}

export interface VariableEntry extends Described {
  kind: 'variable';
  /** TFE_TensorHandle of the resource. */
  resource: Pointer;
  /** How many compiled functions read it on other threads now, and which one updates it there. */
  readers: number;
  updatedBy: string | undefined;
  /** Whether another tensor may share its memory, so that writing into it takes a copy first. */
  shared: boolean;
}

export type TensorEntry = ValueEntry | SymbolEntry | VariableEntry;
