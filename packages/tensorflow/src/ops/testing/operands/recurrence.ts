/** Recurrent layers and their gradients. */
import { D, float, int, T, valid, whole, type OperandCase, type Refused } from './operand-case.ts';

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

export const recurrence: OperandCase[] = [
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
