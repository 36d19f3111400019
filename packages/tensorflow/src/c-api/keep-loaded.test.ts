import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('lets a process that used TensorFlow end as any other', () => {
  const index = fileURLToPath(new URL('../index.ts', import.meta.url));
  const script = `
    import { startEngine, tf } from ${JSON.stringify(index)};
    await startEngine({ engine: 'tensorflow' });
    console.log(...tf.tensor1d([2, 3]).square().dataSync());
  `;
  const { stdout, status, signal } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  expect(stdout).toBe('4 9\n');
  expect({ status, signal }).toEqual({ status: 0, signal: null });
});
