/** Runs TensorFlow operations that TensorFlow.js has no kernel for, on its tensors; eager and traced alike. */
import { AttributeKind, type Attribute } from '../binding/attributes.ts';
import { DataType } from '../c-api/data-type.ts';
import { nativeBackend } from '../engine/native-backend.ts';
import type { TensorflowBackend } from '../engine/tensorflow-backend.ts';
import type { tf } from '../tf.ts';

type Value = number | boolean | string | number[] | { type: keyof typeof DataType };

/** A value on the way through several operations, of any type that TensorFlow has. */
export type Raw = number;

/** Attributes by name: numbers are integers, `{type}` a data type, arrays of numbers shapes. */
export type Attributes = Record<string, Value>;

/**
 * The result of `body`, which puts operations together by `op` and gives the id of the last one's output; all ids in
 * between are freed. Gradients do not pass: wrap it in `tf.customGrad`.
 */
export function native(
  body: (op: (name: string, attributes: Attributes, inputs: (tf.Tensor | Raw)[]) => Raw) => Raw,
): tf.Tensor {
  const backend = nativeBackend();
  if (!backend) throw new Error('Native operations need the TensorFlow engine.');
  const made: number[] = [];
  const metadata = new Map<number, ReturnType<TensorflowBackend['binding']['executeOp']>[number]>();
  const op = (name: string, attributes: Attributes, inputs: (tf.Tensor | Raw)[]): Raw => {
    const ids = inputs.map((input) =>
      typeof input === 'number' ? input : backend.getInputTensorIds([input as tf.Tensor])[0]!,
    );
    const [output] = backend.binding.executeOp(name, Object.entries(attributes).map(asAttribute), ids, 1);
    made.push(output!.id);
    metadata.set(output!.id, output!);
    return output!.id;
  };
  const result = body(op);
  for (const id of made) if (id !== result) backend.binding.deleteTensor(id);
  return backend.createOutputTensor(metadata.get(result)!);
}

/** One TensorFlow operation with one output. */
export function nativeOp(name: string, attributes: Attributes, inputs: tf.Tensor[]): tf.Tensor {
  return native((op) => op(name, attributes, inputs));
}

function asAttribute([name, value]: [string, Value]): Attribute {
  if (typeof value === 'number') return { name, type: AttributeKind.int, value };
  if (typeof value === 'boolean') return { name, type: AttributeKind.bool, value };
  if (typeof value === 'string') return { name, type: AttributeKind.string, value };
  if (Array.isArray(value)) return { name, type: AttributeKind.shape, value };
  return { name, type: AttributeKind.type, value: DataType[value.type] };
}
