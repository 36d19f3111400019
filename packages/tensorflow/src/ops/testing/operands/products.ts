/** Matrix products. */
import { float, half, T, type, valid, whole, type OperandCase } from './operand-case.ts';

const inBf16 = [type('T', 'bfloat16')];
export const products: OperandCase[] = [
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
];
