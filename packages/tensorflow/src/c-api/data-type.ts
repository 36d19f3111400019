/** The TF_DataType numbers of TensorFlow's C API (tensorflow/c/tf_datatype.h) that TensorFlow.js can meet. */
export const DataType = {
  float32: 1,
  /** Only between the operations of one kernel: no tensor of TensorFlow.js has it. */
  float64: 2,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

/** Bytes of one element; string and resource have no fixed size. */
export const bytesPerElement: Readonly<Record<number, number>> = {
  [DataType.float32]: 4,
  [DataType.float64]: 8,
  [DataType.int32]: 4,
  [DataType.uint8]: 1,
  [DataType.complex64]: 8,
  [DataType.int64]: 8,
  [DataType.bool]: 1,
  [DataType.bfloat16]: 2,
};

/** The name of a TF_DataType number, for messages. */
export function dataTypeName(dtype: number): string {
  return Object.entries(DataType).find(([, n]) => n === dtype)?.[0] ?? `TF_DataType ${dtype}`;
}
