/** The values that PyTorch gives for an operation, as `fixtures/make_ops.py` wrote them. */
import { readFileSync } from 'node:fs';

const file = new URL('../../../fixtures/ops.json', import.meta.url);
const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

export function readFixture(operation: string): unknown {
  if (!(operation in fixtures)) throw new Error(`fixtures/ops.json has no "${operation}".`);
  return fixtures[operation];
}
