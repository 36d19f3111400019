import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it.each(['browser.ts', 'memory/index.ts'])(
  '%s holds nothing of Node, of libtensorflow, or of a backend',
  async (entry) => {
    const { metafile, warnings } = await build({
      entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'esm',
      logLevel: 'silent',
    });
    expect(warnings).toEqual([]);
    const [output] = Object.values(metafile.outputs);
    const packages = Object.keys(output!.inputs).flatMap(
      (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect([...new Set(packages)].sort()).toEqual([
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      'long',
      'node-fetch', // Empty: the package's `browser` field has it so.
      'seedrandom',
    ]);
  },
);
