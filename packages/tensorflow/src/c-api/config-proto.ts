/**
 * TensorFlow's settings of a context or a session, as the one message that the C API takes: a serialized ConfigProto.
 * The numbers of its fields are those of tensorflow/core/protobuf/config.proto.
 */
import { writeProtobuf, type ProtobufValue } from './write-protobuf.ts';

export interface Config {
  /** Threads within one operation, and operations at a time; from 1. */
  threads: number;
  interOpThreads: number;
  /** `auto`: all devices; `cpu`: no GPU; a number: that GPU alone, counted from 0. */
  device: 'auto' | 'cpu' | number;
  /**
   * The most bytes that TensorFlow takes of the device, and whether it takes a GPU's as it needs them only. The CPU's
   * are not of this message.
   */
  memory: { limitBytes?: number; growth?: boolean };
}

/** A limit counts in whole MiB, and for one GPU: for the first one where the device is `auto`. */
export function configProto({ threads, interOpThreads, device, memory }: Config): Uint8Array {
  const { limitBytes, growth } = memory;
  const fields: [number, ProtobufValue][] = [];
  // device_count, a map: its key is field 1 of an entry, its value field 2.
  if (device === 'cpu')
    fields.push([
      1,
      writeProtobuf([
        [1, 'GPU'],
        [2, 0],
      ]),
    ]);
  fields.push([2, threads]); // intra_op_parallelism_threads
  fields.push([5, interOpThreads]); // inter_op_parallelism_threads
  const gpuOptions: [number, ProtobufValue][] = [];
  if (growth) gpuOptions.push([4, true]); // allow_growth
  // visible_device_list; TensorFlow wants as many limits as there are visible GPUs.
  if (typeof device === 'number') gpuOptions.push([5, String(device)]);
  else if (device === 'auto' && limitBytes !== undefined) gpuOptions.push([5, '0']);
  if (device !== 'cpu' && limitBytes !== undefined) {
    const mebibytes = Float32Array.of(Math.floor(limitBytes / 2 ** 20));
    const virtualDevices = writeProtobuf([[1, mebibytes]]); // memory_limit_mb
    gpuOptions.push([9, writeProtobuf([[1, virtualDevices]])]); // experimental.virtual_devices
  }
  if (gpuOptions.length > 0) fields.push([6, writeProtobuf(gpuOptions)]); // gpu_options
  return writeProtobuf(fields);
}
