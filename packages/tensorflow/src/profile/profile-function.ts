/**
 * How long each operation of a compiled function takes. A function that runs eagerly cannot be traced through
 * TensorFlow's C API, so the same function runs in a classic session, as TensorFlow 1 profiled graphs, with the same
 * optimizer and threads. It leaves out GPUs, where an operation's time on the host tells only when it was started.
 */
import type { Pointer } from '../c-api/c-api.ts';
import type { Context } from '../c-api/context.ts';
import { loadSessionApi, type SessionApi } from '../c-api/session-api.ts';
import { callingGraph, isOfFunction } from './calling-graph.ts';
import { readStepStats, type NodeTime } from './read-step-stats.ts';
import { Session, type Run } from './session.ts';
import { copyOf, describeHandle, tensorOf } from './tensor-of-handle.ts';

/** All calls of one kind of operation, in one run of the function. */
export interface OperationTime {
  /**
   * What TensorFlow runs after its optimizer: `_MklMatMul` is a product by oneDNN, `_FusedMatMul` one with what follows
   * it, and what TensorFlow found out beforehand is not there.
   */
  operation: string;
  calls: number;
  /** Of all these calls, in their kernels; the mean of the runs. */
  milliseconds: number;
  /** Of the sum over all operations, from 0 to 1. */
  share: number;
}

export interface FunctionProfile {
  /** Of one run by the clock, untraced; the mean of the runs. What the operations do not sum up to is between them. */
  milliseconds: number;
  /** How many runs were timed, and as many traced. */
  runs: number;
  /** The longest first. */
  operations: OperationTime[];
}

export interface ProfiledFunction {
  /** In the context. */
  name: string;
  /** Where its inputs come from, in order: TFE_TensorHandles of values, those of variables' values among them. */
  inputs: { handle: Pointer; variable: boolean }[];
  /** TF_DataTypes. */
  outputTypes: number[];
}

/** Runs of each kind: at least so many, and more until so many milliseconds have passed, but no more than so many. */
const [leastRuns, enoughMilliseconds, mostRuns] = [3, 1000, 50];

let sessions: SessionApi | undefined;

/** Runs the function some times on copies of its variables. @throws with TensorFlow's message where a run fails. */
export function profileFunction(
  context: Context,
  { name, inputs, outputTypes }: ProfiledFunction,
): FunctionProfile {
  sessions ??= loadSessionApi(context.cc);
  const kinds = inputs.map(({ handle, variable }) => ({ ...describeHandle(context, handle), variable }));
  const { graph, placeholders, assignments, call, outputs } = callingGraph(
    context,
    sessions,
    name,
    kinds,
    outputTypes,
  );
  const chosen = <T>(items: readonly T[], variable: boolean) =>
    items.filter((_, i) => kinds[i]!.variable === variable);
  let session: Session | undefined;
  try {
    session = new Session(context, sessions, graph);
    withTensors(context, chosen(inputs, true), copyOf, (values) => {
      if (values.length > 0)
        session!.run({ feeds: chosen(placeholders, true), values, outputs: [], targets: assignments });
    });
    return withTensors(context, chosen(inputs, false), tensorOf, (values) =>
      measure(session!, { feeds: chosen(placeholders, false), values, outputs, targets: [call] }),
    );
  } finally {
    session?.close();
    context.api.deleteGraph(graph);
  }
}

/** What `use` makes of TF_Tensors for the inputs; they are its own for that time only. */
function withTensors<R>(
  context: Context,
  inputs: readonly { handle: Pointer }[],
  make: (context: Context, handle: Pointer) => Pointer,
  use: (values: Pointer[]) => R,
): R {
  const values: Pointer[] = [];
  try {
    for (const { handle } of inputs) values.push(make(context, handle));
    return use(values);
  } finally {
    for (const value of values) context.api.deleteTensor(value);
  }
}

function measure(session: Session, run: Run): FunctionProfile {
  // The first runs prepare the graph and warm up.
  session.run(run);
  session.runTraced(run);
  const nodes: NodeTime[] = [];
  const start = performance.now();
  let milliseconds = 0;
  let runs = 0;
  while (runs < leastRuns || (runs < mostRuns && performance.now() - start < enoughMilliseconds)) {
    const before = performance.now();
    session.run(run);
    milliseconds += performance.now() - before;
    nodes.push(...readStepStats(session.runTraced(run)));
    runs++;
  }
  return { milliseconds: milliseconds / runs, runs, operations: sumUp(nodes, runs) };
}

function sumUp(nodes: readonly NodeTime[], runs: number): OperationTime[] {
  const sums = new Map<string, { calls: number; nanoseconds: number }>();
  let all = 0;
  for (const { operation, nanoseconds } of nodes.filter(isOfFunction)) {
    const sum = sums.get(operation) ?? { calls: 0, nanoseconds: 0 };
    sums.set(operation, { calls: sum.calls + 1, nanoseconds: sum.nanoseconds + nanoseconds });
    all += nanoseconds;
  }
  return [...sums]
    .map(([operation, { calls, nanoseconds }]) => ({
      operation,
      calls: calls / runs,
      milliseconds: nanoseconds / runs / 1e6,
      share: all > 0 ? nanoseconds / all : 0,
    }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
