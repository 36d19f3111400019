/** Operations on each element, and norms of rows. */
import {
  anyShape,
  badRates,
  D,
  float,
  half,
  leading,
  rate,
  real,
  seed,
  T,
  type,
  valid,
  whole,
  type OperandCase,
} from './operand-case.ts';

const normed = {
  attributes: [T, real('epsilon', 1e-5), ...rate(0.25)],
  operands: { x: float(4, 3), residual: float(4, 3), bias: float(3), gamma: float(3), beta: float(3), seed },
  exceptions: valid('residual: empty', 'bias: empty'),
  refused: badRates,
};

export const elementWise: OperandCase[] = [
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
];
