/** What tests of kernels expect of `onEach`. */
import { expect } from 'vitest';
import { onEach } from './on-each.ts';

/** The plain backend's tensors, eager and compiled; or, by `untraceable`, the refusal to compile. */
export async function expectSame(run: Parameters<typeof onEach>[0], untraceable = false): Promise<void> {
  const { plain, eager, compiled } = await onEach(run);
  expect(plain.refused).toBeUndefined();
  expect(eager).toEqual(plain);
  if (untraceable) expect(compiled.refused).toContain('gives a tensor whose shape depends on values');
  else expect(compiled).toEqual(plain);
}

/** A refusal on each, whatever its words. */
export async function expectRefused(run: Parameters<typeof onEach>[0]): Promise<void> {
  const { plain, eager, compiled } = await onEach(run);
  expect(plain.refused).toBeTypeOf('string');
  expect(eager.refused).toBeTypeOf('string');
  expect(compiled.refused).toBeTypeOf('string');
}
