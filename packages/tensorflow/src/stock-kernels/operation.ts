/**
 * Runs one operation of TensorFlow for a kernel, eager and traced alike. Where TensorFlow takes int64 or float64 only,
 * which TensorFlow.js lacks, int32 is cast to it and back.
 */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { DataType } from '../c-api/data-type.ts';
import type { TensorflowBackend } from '../backend/native-backend.ts';
import type { tf } from '../tf.ts';

interface Operation {
  name: string;
  attributes: readonly Attribute[];
  inputs: readonly tf.TensorInfo[];
  /** How many tensors it gives. */
  outputs: number;
  /** The inputs, by their places, that it takes as another type than TensorFlow.js has. */
  casts?: Readonly<Record<number, number>>;
}

/** Attributes of operations by their kinds. */
export const attribute = {
  bool: (name: string, value: boolean): Attribute => ({ name, type: AttributeKind.bool, value }),
  int: (name: string, value: number): Attribute => ({ name, type: AttributeKind.int, value }),
  ints: (name: string, value: readonly number[]): Attribute => ({ name, type: AttributeKind.int, value }),
  string: (name: string, value: string): Attribute => ({ name, type: AttributeKind.string, value }),
  strings: (name: string, value: readonly string[]): Attribute => ({
    name,
    type: AttributeKind.string,
    value,
  }),
  type: (name: string, dtype: tf.DataType): Attribute => ({
    name,
    type: AttributeKind.type,
    value: DataType[dtype],
  }),
};

/** Its results; int64 and float64 come as int32. @throws as TensorFlow refuses it. */
export function runOperation(backend: TensorflowBackend, operation: Operation): tf.Tensor[] {
  const { binding } = backend;
  const { name, inputs, outputs, casts = {} } = operation;
  const temporary: number[] = [];
  const cast = (id: number, to: number) => {
    const types = [
      { name: 'SrcT', type: AttributeKind.type, value: binding.entries.get(id).dtype },
      { name: 'DstT', type: AttributeKind.type, value: to },
    ];
    return binding.executeOp('Cast', types, [id], 1)[0]!;
  };
  try {
    const ids = backend.getInputTensorIds(inputs).map((id, i) => {
      if (casts[i] === undefined) return id;
      const { id: wide } = cast(id, casts[i]);
      temporary.push(wide);
      return wide;
    });
    const results = binding.executeOp(name, [...operation.attributes], ids, outputs);
    return results.map((result) => {
      if (result.dtype !== DataType.int64 && result.dtype !== DataType.float64)
        return backend.createOutputTensor(result);
      temporary.push(result.id);
      return backend.createOutputTensor(cast(result.id, DataType.int32));
    });
  } finally {
    for (const id of temporary) binding.deleteTensor(id);
  }
}
