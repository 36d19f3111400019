/** Attention, padded and packed, and the ways from one to the other. */
import {
  badRates,
  D,
  float,
  int,
  rate,
  seed,
  T,
  valid,
  whole,
  type OperandCase,
  type Refused,
} from './operand-case.ts';

const badStarts = (rows: number): Refused => ({
    'starts that go back': { names: 'starts', late: true, operands: { starts: { values: [0, 4, 1] } } },
    'starts below 0': { names: 'starts', late: true, operands: { starts: { values: [-1, 2, 4] } } },
    'starts from 1 on': { names: 'starts', late: true, operands: { starts: { values: [1, 2, 4] } } },
    'starts behind the rows': { names: 'starts', late: true, operands: { starts: { values: [0, 3, rows + 1] } } },
    'starts that overflow': { names: 'starts', late: true, operands: { starts: { values: [0, 2147483647, -2147483648] } } },
  }); // prettier-ignore

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

export const sequences: OperandCase[] = [
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
];
