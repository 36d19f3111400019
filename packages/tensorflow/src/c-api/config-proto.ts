/** TensorFlow's settings of a session, as the one message that the C API takes: a serialized ConfigProto. */

/** Field 2 is intra_op_parallelism_threads, field 5 inter_op_parallelism_threads. */
export function configProto(threads: number): Uint8Array {
  return Uint8Array.of(0x10, ...varint(threads), 0x28, 1);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}
