import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isAlive, ownIdentity } from './process-identity.ts';

it('knows the living from the dead, from their successors, and from those of other machines', async () => {
  const own = ownIdentity();
  expect(isAlive(own)).toBe(own.started === undefined ? undefined : true);
  if (own.started !== undefined) expect(isAlive({ ...own, started: '1' })).toBe(false);
  expect(isAlive({ ...own, host: 'elsewhere' })).toBeUndefined();
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  expect(isAlive({ ...own, pid: child.pid! })).toBe(false);
});
