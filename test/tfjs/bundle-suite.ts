/**
 * Bundles run-suite.ts with tfjs-core's ES modules, which Node cannot load by themselves (they import each other
 * without file extensions), so that the suite, the kernels and the engine share one tfjs-core.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** tfjs-node's backend is an ES5 class, which cannot extend the class of an ES module as it does that of tfjs's main file. */
const constructSuperClass: Plugin = {
  name: 'construct-super-class',
  setup({ onLoad }) {
    onLoad({ filter: /nodejs_kernel_backend\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        '_super.call(this) || this',
        'Reflect.construct(_super, [], NodeJSKernelBackend)',
      ),
    }));
  },
};

/** Writes the bundle into node_modules, from where it finds the packages that stay outside; returns its path. */
export async function bundleSuite(): Promise<string> {
  const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
  const outfile = path('../../node_modules/.cache/foldwise/tfjs-core-suite.mjs');
  await build({
    entryPoints: [path('run-suite.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['koffi', 'jasmine'],
    // tfjs calls pure what it imports for its side effects.
    ignoreAnnotations: true,
    plugins: [constructSuperClass],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return outfile;
}
