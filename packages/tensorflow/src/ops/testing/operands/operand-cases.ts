/**
 * Operands that each operation of our own takes, and what else it takes or refuses: for tests that change one of them at a
 * time. A new operation needs an entry in one of these files.
 */
import { elementWise } from './element-wise.ts';
import type { OperandCase } from './operand-case.ts';
import { optimizer } from './optimizer.ts';
import { products } from './products.ts';
import { recurrence } from './recurrence.ts';
import { sequences } from './sequences.ts';

export const operandCases: OperandCase[] = [
  ...elementWise,
  ...sequences,
  ...optimizer,
  ...products,
  ...recurrence,
];
