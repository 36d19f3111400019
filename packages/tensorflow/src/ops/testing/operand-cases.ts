/**
 * Operands that each operation of our own takes, and what else it takes or refuses: for tests that change one of them at a
 * time. A new operation needs an entry here.
 */
import { AttributeKind, type Attribute } from '../../binding/attributes.ts';
import { DataType } from '../../c-api/data-type.ts';

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

type Refused = Record<
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

const float = (...shape: number[]): Operand => ({ type: 'float32', shape });
const half = (...shape: number[]): Operand => ({ type: 'bfloat16', shape });
const int = (shape: number[], values?: number[]): Operand => ({ type: 'int32', shape, values });

const type = (name: string, ...types: Type[]): Attribute => ({
  name,
  type: AttributeKind.type,
  value: types.length === 1 ? DataType[types[0]!] : types.map((one) => DataType[one]),
});
const whole = (name: string, value: number): Attribute => ({ name, type: AttributeKind.int, value });
const real = (name: string, value: number | number[]): Attribute => ({
  name,
  type: AttributeKind.float,
  value,
});
const rate = (value: number) => [real('rate', value), whole('call', 3)];

const seed = int([2], [7, 11]);
const T = type('T', 'float32');
const D = type('D', 'float32');

/** All changes of an operand's shape. */
const anyShape = (name: string, axes: number) =>
  valid(
    ...Array.from({ length: axes }, (_, axis) => [`${name}: axis ${axis} larger`, `${name}: axis ${axis} smaller`]).flat(),
    ...['an axis before', 'an axis behind', 'a scalar', 'empty'].map((change) => `${name}: ${change}`),
    ...(axes > 1 ? [`${name}: an axis less`] : []),
  ); // prettier-ignore

function valid(...labels: string[]): Record<string, 'valid'> {
  return Object.fromEntries(labels.map((label) => [label, 'valid']));
}

/** Leading axes that one operand alone has. */
const leading = (name: string) =>
  valid(
    `${name}: axis 0 larger`,
    `${name}: axis 0 smaller`,
    `${name}: an axis before`,
    `${name}: an axis less`,
  );

const badRates: Refused = {
  'a rate of 1': { names: 'rate', late: true, attributes: rate(1) },
  'a negative rate': { names: 'rate', late: true, attributes: rate(-0.1) },
};

const badStarts = (rows: number): Refused => ({
    'starts that go back': { names: 'starts', late: true, operands: { starts: { values: [0, 4, 1] } } },
    'starts below 0': { names: 'starts', late: true, operands: { starts: { values: [-1, 2, 4] } } },
    'starts from 1 on': { names: 'starts', late: true, operands: { starts: { values: [1, 2, 4] } } },
    'starts behind the rows': { names: 'starts', late: true, operands: { starts: { values: [0, 3, rows + 1] } } },
    'starts that overflow': { names: 'starts', late: true, operands: { starts: { values: [0, 2147483647, -2147483648] } } },
  }); // prettier-ignore

const normed = {
  attributes: [T, real('epsilon', 1e-5), ...rate(0.25)],
  operands: { x: float(4, 3), residual: float(4, 3), bias: float(3), gamma: float(3), beta: float(3), seed },
  exceptions: valid('residual: empty', 'bias: empty'),
  refused: badRates,
};

const attended = [T, whole('heads', 2), ...rate(0.25)];
const padded = {
  qkv: float(2, 5, 3, 4),
  bias: float(3, 4),
  mask: float(2, 5),
  starts: int([0]),
  seed,
};
const packed = {
  qkv: float(1, 6, 3, 4),
  bias: float(3, 4),
  mask: float(1, 6),
  starts: int([3], [0, 4, 6]),
  seed,
};
const badHeads: Refused = {
  'heads that do not divide the columns': { names: 'heads', late: true, attributes: [whole('heads', 3)] },
  'no heads': { names: 'heads', late: true, attributes: [whole('heads', 0)] },
};
const optional = valid('bias: empty', 'mask: empty');
const moreStarts = valid('starts: axis 0 larger', 'starts: axis 0 smaller', 'starts: empty');

const inBf16 = [type('T', 'bfloat16')];
const lengths = int([2], [3, 1]);
const badLengths: Refused = {
  'a negative length': { names: 'lengths', late: true, operands: { lengths: { values: [3, -1] } } },
  'a length of more than the tokens': { names: 'lengths', late: true, operands: { lengths: { values: [4, 1] } } },
}; // prettier-ignore
const reverse = whole('reverse', 0);
const lateLengths = { names: 'lengths', late: true };
const backwards = (columns: number) => ({
  dy: float(2, 3, 2),
  x: float(2, 3, columns),
  recurrent: float(2, columns),
  lengths,
  y: float(2, 3, 2),
  kept: float(2, 3, columns),
  inner: float(2, 3, 2),
});

export const operandCases: OperandCase[] = [
  {
    operation: 'FoldwiseRound',
    attributes: [],
    outputs: 1,
    operands: { x: float(2, 3) },
    exceptions: anyShape('x', 2),
  },
  {
    operation: 'FoldwiseWiden',
    attributes: [],
    outputs: 1,
    operands: { x: half(2, 3) },
    exceptions: anyShape('x', 2),
  },
  {
    operation: 'FoldwiseAdd',
    attributes: [type('A', 'float32'), type('B', 'bfloat16')],
    outputs: 1,
    operands: { a: float(2, 3), b: half(2, 3) },
  },
  {
    operation: 'FoldwiseDropout',
    attributes: [T, ...rate(0.25)],
    outputs: 1,
    operands: { x: float(2, 3), seed },
    exceptions: anyShape('x', 2),
    refused: badRates,
  },
  {
    operation: 'FoldwiseBiasGelu',
    attributes: [T, whole('approximate', 0)],
    outputs: 1,
    operands: { x: float(2, 3), bias: float(3) },
    exceptions: leading('x'),
  },
  {
    operation: 'FoldwiseBiasGeluGrad',
    attributes: [T, D, whole('approximate', 1), whole('again', 1)],
    outputs: 3,
    operands: { dy: float(2, 3), x: float(2, 3), bias: float(3) },
  },
  { operation: 'FoldwiseNorm', outputs: 3, ...normed },
  { operation: 'FoldwiseNormOnly', outputs: 1, ...normed },
  {
    operation: 'FoldwiseNormGrad',
    attributes: [T, D, real('epsilon', 1e-5), ...rate(0.25)],
    outputs: 5,
    operands: { dy: float(4, 3), normal: float(4, 3), inverse: float(4), gamma: float(3), seed },
    refused: badRates,
  },
  {
    operation: 'FoldwiseAttention',
    attributes: attended,
    outputs: 1,
    operands: padded,
    exceptions: optional,
    refused: { ...badRates, ...badHeads },
  },
  {
    operation: 'FoldwiseAttention',
    note: 'packed',
    attributes: attended,
    outputs: 1,
    operands: packed,
    exceptions: { ...optional, ...moreStarts },
    refused: badStarts(6),
  },
  {
    operation: 'FoldwiseAttentionGrad',
    attributes: [D, ...attended],
    outputs: 2,
    operands: { dy: float(2, 5, 4), ...padded },
    exceptions: optional,
    refused: { ...badRates, ...badHeads },
  },
  {
    operation: 'FoldwiseAttentionGrad',
    note: 'packed',
    attributes: [D, ...attended],
    outputs: 2,
    operands: { dy: float(1, 6, 4), ...packed },
    exceptions: { ...optional, ...moreStarts },
    refused: badStarts(6),
  },
  {
    operation: 'FoldwisePad',
    attributes: [T],
    outputs: 1,
    operands: { x: float(1, 6, 2), starts: int([3], [0, 4, 6]), like: int([2, 4]) },
    exceptions: {
      ...valid('x: axis 1 larger', 'x: axis 2 larger', 'x: axis 2 smaller', 'like: axis 1 larger'),
      'x: axis 1 smaller': { names: 'starts', late: true },
      'like: axis 1 smaller': { names: 'starts', late: true },
    },
    refused: badStarts(6),
  },
  {
    operation: 'FoldwiseUnpad',
    attributes: [T],
    outputs: 1,
    operands: { x: float(2, 4, 2), starts: int([3], [0, 4, 6]), like: int([1, 6]) },
    exceptions: {
      ...valid('x: axis 1 larger', 'x: axis 2 larger', 'x: axis 2 smaller', 'like: axis 1 larger'),
      'x: axis 1 smaller': { names: 'starts', late: true },
      'like: axis 1 smaller': { names: 'starts', late: true },
    },
    refused: badStarts(6),
  },
  {
    operation: 'FoldwiseSquareSum',
    attributes: [type('T', 'float32', 'bfloat16')],
    outputs: 1,
    operands: { 'tensors[0]': float(2, 3), 'tensors[1]': half(4) },
    exceptions: { ...anyShape('tensors[0]', 2), ...anyShape('tensors[1]', 1) },
  },
  {
    operation: 'FoldwiseSumRows',
    attributes: [T, whole('table', 5)],
    outputs: 2,
    operands: { ids: int([4], [4, 0, 4, 1]), rows: float(4, 3) },
    exceptions: valid('rows: axis 1 larger', 'rows: axis 1 smaller'),
    refused: {
      'an id of -1': { names: 'ids', late: true, operands: { ids: { values: [0, -1, 1, 2] } } },
      'an id behind the table': { names: 'ids', late: true, operands: { ids: { values: [0, 1, 5, 2] } } },
      'a table of no memory': { names: 'memory', late: true, attributes: [whole('table', 2 ** 50)] },
    },
  },
  {
    operation: 'FoldwiseAdamW',
    attributes: [
      whole('N', 2),
      whole('S', 1),
      type('T', 'float32', 'bfloat16'),
      real('rate', [1, 0.5]),
      real('decay', [0.1, 0]),
      real('sparse', [1, 0]),
      real('beta1', 0.9),
      real('beta2', 0.999),
    ],
    outputs: 0,
    operands: {
      rates: float(4),
      'values[0]': float(5, 3),
      'values[1]': float(4),
      'means[0]': float(5, 3),
      'means[1]': float(4),
      'squares[0]': float(5, 3),
      'squares[1]': float(4),
      'seen[0]': float(5),
      'gradients[0]': float(2, 3),
      'gradients[1]': half(4),
      'ids[0]': int([2], [3, -1]),
    },
    refused: {
      'an id twice': { names: 'ids', late: true, operands: { 'ids[0]': { values: [3, 3] } } },
      'an id below -1': { names: 'ids', late: true, operands: { 'ids[0]': { values: [3, -2] } } },
      'an id behind the table': { names: 'ids', late: true, operands: { 'ids[0]': { values: [5, 0] } } },
      'a rate for one of two': { names: 'rate', late: true, attributes: [real('rate', [1])] },
      'a decay for one of two': { names: 'decay', late: true, attributes: [real('decay', [0.1])] },
      'ids without rows': { names: 'gradients', late: true, attributes: [real('sparse', [0, 0])] },
      'more rows than ids': { names: 'gradients', late: true, attributes: [real('sparse', [1, 1])] },
    },
  },
  {
    operation: 'FoldwiseProduct',
    attributes: [T],
    outputs: 1,
    operands: { a: float(2, 3), b: float(3, 4) },
    exceptions: valid('a: axis 0 larger', 'a: axis 0 smaller', 'b: axis 1 larger', 'b: axis 1 smaller'),
  },
  {
    operation: 'FoldwiseProduct',
    note: 'bf16',
    attributes: inBf16,
    outputs: 1,
    operands: { a: half(2, 4), b: half(4, 3) },
    exceptions: valid('a: axis 0 larger', 'a: axis 0 smaller', 'b: axis 1 larger', 'b: axis 1 smaller'),
    refused: { 'an odd sum': { names: 'a', operands: { a: { shape: [2, 3] }, b: { shape: [3, 3] } } } },
  },
  {
    operation: 'FoldwiseProductNT',
    attributes: [T],
    outputs: 1,
    operands: { a: float(2, 3), b: float(4, 3) },
    exceptions: valid('a: axis 0 larger', 'a: axis 0 smaller', 'b: axis 0 larger', 'b: axis 0 smaller'),
    refused: {
      'an odd sum in bf16': {
        names: 'a',
        attributes: inBf16,
        operands: { a: { type: 'bfloat16' }, b: { type: 'bfloat16' } },
      },
    },
  },
  {
    operation: 'FoldwiseProductTN',
    attributes: [T],
    outputs: 1,
    operands: { a: float(3, 2), b: float(3, 4) },
    exceptions: valid('a: axis 1 larger', 'a: axis 1 smaller', 'b: axis 1 larger', 'b: axis 1 smaller'),
    refused: {
      'an odd sum in bf16': {
        names: 'a',
        attributes: inBf16,
        operands: { a: { type: 'bfloat16' }, b: { type: 'bfloat16' } },
      },
    },
  },
  {
    operation: 'FoldwiseProductGelu',
    attributes: [T, whole('approximate', 0)],
    outputs: 1,
    operands: { a: float(2, 3), b: float(3, 4), bias: float(4) },
    exceptions: valid('a: axis 0 larger', 'a: axis 0 smaller'),
    refused: {
      'an odd sum in bf16': {
        names: 'a',
        attributes: inBf16,
        operands: { a: { type: 'bfloat16' }, b: { type: 'bfloat16' } },
      },
    },
  },
  {
    operation: 'FoldwiseRecurrence',
    note: 'LSTM',
    attributes: [T, reverse],
    outputs: 3,
    operands: { x: float(2, 3, 8), recurrent: float(2, 8), bias: float(8), state_bias: float(0), lengths },
    exceptions: { ...valid('x: axis 1 larger'), 'x: axis 1 smaller': lateLengths },
    refused: badLengths,
  },
  {
    operation: 'FoldwiseRecurrence',
    note: 'GRU',
    attributes: [T, whole('reverse', 1)],
    outputs: 3,
    operands: { x: float(2, 3, 6), recurrent: float(2, 6), bias: float(6), state_bias: float(2), lengths },
    exceptions: { ...valid('x: axis 1 larger'), 'x: axis 1 smaller': lateLengths },
    refused: {
      ...badLengths,
      'two gates': {
        names: 'recurrent',
        operands: { x: { shape: [2, 3, 4] }, recurrent: { shape: [2, 4] }, bias: { shape: [4] } },
      },
    },
  },
  {
    operation: 'FoldwiseRecurrenceGrad',
    note: 'LSTM',
    attributes: [T, D, reverse],
    outputs: 2,
    operands: backwards(8),
    refused: badLengths,
  },
  {
    operation: 'FoldwiseRecurrenceGrad',
    note: 'GRU',
    attributes: [T, D, reverse],
    outputs: 2,
    operands: backwards(6),
    refused: badLengths,
  },
];
