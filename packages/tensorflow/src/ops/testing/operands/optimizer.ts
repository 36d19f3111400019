/** What an optimizer's step is made of. */
import { anyShape, float, half, int, real, T, type, valid, whole, type OperandCase } from './operand-case.ts';

export const optimizer: OperandCase[] = [
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
];
