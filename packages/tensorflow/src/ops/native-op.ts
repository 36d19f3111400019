/** Runs TensorFlow operations that TensorFlow.js has no kernel for, on its tensors; eager and traced alike. */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { DataType } from '../c-api/data-type.ts';
import { nativeBackend, type TensorflowBackend } from '../backend/native-backend.ts';
import type { tf } from '../tf.ts';

type DataTypeName = keyof typeof DataType;

type Value =
  | number
  | boolean
  | string
  | number[]
  | { type: DataTypeName }
  | { types: DataTypeName[] }
  | { float: number }
  | { floats: number[] };

/** Attributes by name: numbers are integers, `{type}` a data type, arrays of numbers shapes, `{float}` a float. */
export type Attributes = Record<string, Value>;

/** The results of one TensorFlow operation. Gradients do not pass: wrap it in `withGradient`. */
export function nativeOps(
  name: string,
  attributes: Attributes,
  inputs: readonly tf.TensorInfo[],
  outputs: number,
): tf.Tensor[] {
  const backend = native();
  const ids = backend.getInputTensorIds(inputs);
  return backend.binding
    .executeOp(name, Object.entries(attributes).map(asAttribute), ids, outputs)
    .map((metadata) => backend.createOutputTensor(metadata));
}

/** The result of one TensorFlow operation with one output. */
export function nativeOp(name: string, attributes: Attributes, inputs: readonly tf.TensorInfo[]): tf.Tensor {
  return nativeOps(name, attributes, inputs, 1)[0]!;
}

/** The type of a float tensor in TensorFlow: float32 of TensorFlow.js may be bf16 in a compiled function. */
export function nativeType(tensor: tf.TensorInfo): 'float32' | 'bfloat16' {
  const backend = native();
  const { dtype } = backend.binding.entries.get(backend.getInputTensorIds([tensor])[0]!);
  return dtype === DataType.bfloat16 ? 'bfloat16' : 'float32';
}

function native(): TensorflowBackend {
  const backend = nativeBackend();
  if (!backend) throw new Error('Native operations need the TensorFlow engine.');
  return backend;
}

function asAttribute([name, value]: [string, Value]): Attribute {
  if (typeof value === 'number') return { name, type: AttributeKind.int, value };
  if (typeof value === 'boolean') return { name, type: AttributeKind.bool, value };
  if (typeof value === 'string') return { name, type: AttributeKind.string, value };
  if (Array.isArray(value)) return { name, type: AttributeKind.shape, value };
  if ('float' in value) return { name, type: AttributeKind.float, value: value.float };
  if ('floats' in value) return { name, type: AttributeKind.float, value: value.floats };
  if ('types' in value)
    return { name, type: AttributeKind.type, value: value.types.map((type) => DataType[type]) };
  return { name, type: AttributeKind.type, value: DataType[value.type] };
}
