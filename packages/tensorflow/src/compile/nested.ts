/** Nested arrays and plain objects of tensors and plain values, as compiled functions take and return them. */
import { tf } from '../tf.ts';

/** Tensors and plain values (numbers, strings, booleans, null, undefined) in arrays and plain objects. */
export type Nested =
  tf.Tensor | number | string | boolean | null | undefined | readonly Nested[] | { [key: string]: Nested };

export interface Flat {
  /** Without variables among arguments, which a function takes as they are. */
  tensors: tf.Tensor[];
  /** The structure, with plain values in place and tensors by dtype and shape: equal keys mean an equal signature. */
  signature: string;
}

/** The tensors of a function's arguments, as `flatten` has them; a variable stands for itself, by its name. */
export function flattenArguments(value: Nested, where: string): Flat {
  return flatten(value, where, true);
}

/** The tensors of a nested value in order, and its signature. @throws on a class instance or a function. */
export function flatten(value: Nested, where: string, variablesStay = false): Flat {
  const tensors: tf.Tensor[] = [];
  const describe = (item: Nested, path: string): string => {
    if (item instanceof tf.Tensor) {
      if (item.isDisposed) throw new Error(`${path} is a disposed tensor of shape [${item.shape}].`);
      if (variablesStay && item instanceof tf.Variable) return `variable ${JSON.stringify(item.name)}`;
      tensors.push(item);
      return `${item.dtype}[${item.shape}]`;
    }
    if (isList(item)) return `[${item.map((child, i) => describe(child, `${path}[${i}]`)).join()}]`;
    if (isRecord(item))
      return `{${Object.entries(item)
        .map(([key, child]) => `${JSON.stringify(key)}:${describe(child, `${path}.${key}`)}`)
        .join()}}`;
    const other: unknown = item;
    if (typeof other === 'object' && other !== null)
      throw new Error(
        `${path} is a ${other.constructor.name}; expected tensors and plain values in arrays and objects.`,
      );
    if (typeof item === 'function')
      throw new Error(`${path} is a function; expected a tensor or a plain value.`);
    return typeof item === 'string' ? JSON.stringify(item) : String(item);
  };
  return { signature: describe(value, where), tensors };
}

/** The same structure with each tensor, in order, replaced. */
export function mapTensors(value: Nested, replace: (tensor: tf.Tensor) => tf.Tensor): Nested {
  if (value instanceof tf.Tensor) return replace(value);
  if (isList(value)) return value.map((child) => mapTensors(child, replace));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapTensors(child, replace)]));
  return value;
}

/** The same structure with each tensor but variables replaced. */
export function mapArguments(value: Nested, replace: (tensor: tf.Tensor) => tf.Tensor): Nested {
  return mapTensors(value, (tensor) => (tensor instanceof tf.Variable ? tensor : replace(tensor)));
}

/** `Array.isArray` knows no readonly arrays. */
function isList(value: Nested): value is readonly Nested[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is { [key: string]: Nested } {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
