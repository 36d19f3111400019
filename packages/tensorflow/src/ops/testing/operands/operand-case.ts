/** What operands an operation of our own takes, and what else it takes or refuses; and how cases say so in short. */
import { AttributeKind, type Attribute } from '../../../binding/attributes.ts';
import { DataType } from '../../../c-api/data-type.ts';

type Type = 'float32' | 'bfloat16' | 'int32';

export interface Operand {
  type: Type;
  shape: readonly number[];
  /** Zeros for int32, a wave else; to another number of elements the last one is repeated. */
  values?: readonly number[];
}

/**
 * That an operation refuses something is told by a word of the message. `late`: not before the call, since attributes or
 * values decide.
 */
export interface Refusal {
  names: string;
  late?: boolean;
}

export type Refused = Record<
  string,
  Refusal & { operands?: Record<string, Partial<Operand>>; attributes?: Attribute[] }
>;

export interface OperandCase {
  operation: string;
  /** What tells it from other entries of the operation. */
  note?: string;
  attributes: readonly Attribute[];
  outputs: number;
  /** By name, in order; lists' as `values[0]`. */
  operands: Readonly<Record<string, Operand>>;
  /** Changes of one operand, by label (`x: axis 0 larger`), that are fine, or that another operand is blamed for. */
  exceptions?: Readonly<Record<string, 'valid' | Refusal>>;
  /** What else is refused. */
  refused?: Refused;
}

export const float = (...shape: number[]): Operand => ({ type: 'float32', shape });
export const half = (...shape: number[]): Operand => ({ type: 'bfloat16', shape });
export const int = (shape: number[], values?: number[]): Operand => ({ type: 'int32', shape, values });

export const type = (name: string, ...types: Type[]): Attribute => ({
  name,
  type: AttributeKind.type,
  value: types.length === 1 ? DataType[types[0]!] : types.map((one) => DataType[one]),
});
export const whole = (name: string, value: number): Attribute => ({ name, type: AttributeKind.int, value });
export const real = (name: string, value: number | number[]): Attribute => ({
  name,
  type: AttributeKind.float,
  value,
});
export const rate = (value: number) => [real('rate', value), whole('call', 3)];

export const seed = int([2], [7, 11]);
export const T = type('T', 'float32');
export const D = type('D', 'float32');

/** All changes of an operand's shape. */
export const anyShape = (name: string, axes: number) =>
  valid(
    ...Array.from({ length: axes }, (_, axis) => [`${name}: axis ${axis} larger`, `${name}: axis ${axis} smaller`]).flat(),
    ...['an axis before', 'an axis behind', 'a scalar', 'empty'].map((change) => `${name}: ${change}`),
    ...(axes > 1 ? [`${name}: an axis less`] : []),
  ); // prettier-ignore

export function valid(...labels: string[]): Record<string, 'valid'> {
  return Object.fromEntries(labels.map((label) => [label, 'valid']));
}

/** Leading axes that one operand alone has. */
export const leading = (name: string) =>
  valid(
    `${name}: axis 0 larger`,
    `${name}: axis 0 smaller`,
    `${name}: an axis before`,
    `${name}: an axis less`,
  );

export const badRates: Refused = {
  'a rate of 1': { names: 'rate', late: true, attributes: rate(1) },
  'a negative rate': { names: 'rate', late: true, attributes: rate(-0.1) },
};
