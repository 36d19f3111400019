/** The values that PyTorch gives for an operation, as `fixtures/make_ops.py` wrote them. */
import { readFileSync } from 'node:fs';

const fixtures = JSON.parse(readFileSync(new URL('../../../fixtures/ops.json', import.meta.url), 'utf8'));

export function readFixture<T>(operation: string): T {
  if (!(operation in fixtures)) throw new Error(`fixtures/ops.json has no "${operation}".`);
  return fixtures[operation] as T;
}
