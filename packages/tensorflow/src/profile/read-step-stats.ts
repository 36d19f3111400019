/**
 * Reads what TensorFlow tells of a traced run: RunMetadata.step_stats (tensorflow/core/protobuf/config.proto and
 * tensorflow/core/framework/step_stats.proto), of which it takes the time of each node alone.
 */
import { readProtobuf } from '../c-api/read-protobuf.ts';

export interface NodeTime {
  /** The node's name in the graph. */
  node: string;
  /** What it ran, after TensorFlow's optimizer. */
  operation: string;
  /** In the operation's kernel, without the time that it waited. */
  nanoseconds: number;
}

/** Every node that ran, in the order of the devices. @param metadata a serialized RunMetadata */
export function readStepStats(metadata: Uint8Array): NodeTime[] {
  return messages(metadata, 1) // RunMetadata.step_stats
    .flatMap((stepStats) => messages(stepStats, 1)) // StepStats.dev_stats
    .flatMap((deviceStats) => messages(deviceStats, 2)) // DeviceStepStats.node_stats
    .map(nodeTime);
}

/** NodeExecStats. */
function nodeTime(bytes: Uint8Array): NodeTime {
  let node = '';
  let label = '';
  let start = 0;
  let end = 0;
  for (const { field, value } of readProtobuf(bytes)) {
    if (field === 1) node = text(value);
    else if (field === 8)
      label = text(value); // timeline_label: "[memory] node = Operation(inputs)"
    else if (field === 14)
      start = value as number; // op_start_rel_nanos, since the node's start
    else if (field === 15) end = value as number; // op_end_rel_nanos
  }
  return { node, operation: / = ([^\s(]+)\(/.exec(label)?.[1] ?? node, nanoseconds: end - start };
}

function messages(bytes: Uint8Array, wanted: number): Uint8Array[] {
  return [...readProtobuf(bytes)]
    .filter(({ field }) => field === wanted)
    .map(({ value }) => value as Uint8Array);
}

function text(value: number | Uint8Array): string {
  return Buffer.from(value as Uint8Array).toString();
}
