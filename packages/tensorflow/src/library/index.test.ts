import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('loads neither koffi nor TensorFlow.js', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  const outputs = Object.values(metafile.outputs);
  const imported = outputs.flatMap(({ imports }) => imports.map(({ path }) => path));
  expect([...new Set(imported)].filter((name) => !name.startsWith('node:')).sort()).toEqual([
    'proper-lockfile',
    'yauzl',
  ]);
});
