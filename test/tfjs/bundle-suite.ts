/**
 * Bundles run-suite.ts with the specs of a suite and tfjs-core's ES modules, which Node cannot load by themselves (they
 * import each other without file extensions), so that the suite, the kernels and the engine share one tfjs-core.
 */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Suite } from './suites.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** A change of one file's text. @throws where the text is not there. */
function edit(name: string, filter: RegExp, from: string, to: string): Plugin {
  return {
    name,
    setup(bundle) {
      bundle.onLoad({ filter }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (!text.includes(from)) throw new Error(`${path} has no "${from}"; expected TensorFlow.js 4.22.`);
        return { contents: text.replace(from, to), loader: path.endsWith('.ts') ? 'ts' : 'js' };
      });
    },
  };
}

/** tfjs-node's backend is an ES5 class, which cannot extend the class of an ES module as it does that of tfjs's main file. */
const constructSuperClass = edit(
  'construct-super-class',
  /nodejs_kernel_backend\.js$/,
  '_super.call(this) || this',
  'Reflect.construct(_super, [], NodeJSKernelBackend)',
);

/** tfjs-layers keeps many specs to its plain backend. They hold for this one as well. */
const layersSpecs = edit(
  'layers-specs',
  /tfjs-layers.src.utils.test_utils\.ts$/,
  "testEnv => testEnv.backendName === 'cpu'",
  '() => true',
);

/** Packages of TensorFlow.js come from npm, whatever the sources lie beside, but for the one whose suite it is. */
function resolvePackages(suite: Suite, sources: string | undefined): Plugin {
  return {
    name: 'resolve-packages',
    setup(bundle) {
      bundle.onLoad({ filter: /specs\.ts$/ }, ({ path: file }) =>
        file === path('specs.ts') ? { contents: importSpecs(suite, sources), resolveDir: path('.') } : null,
      );
      if (!sources) return;
      bundle.onResolve({ filter: /^@tensorflow\// }, ({ path: name, kind, pluginData }) => {
        if (pluginData === 'from npm') return null;
        if (name === `@tensorflow/${suite}`) return { path: join(sources, suite, 'src/index.ts') };
        return bundle.resolve(name, { resolveDir: path('.'), kind, pluginData: 'from npm' });
      });
      // The build of tfjs-converter makes these; its npm package has them.
      const generated = /(op_list\/\w+|metadata\/kernel2op\.json)$/;
      bundle.onResolve({ filter: generated }, ({ path: name }) => {
        const file = generated.exec(name)![1]!;
        const folder = '../../node_modules/@tensorflow/tfjs-converter';
        return {
          path: path(file.endsWith('.json') ? `${folder}/${file}` : `${folder}/dist/operations/${file}.js`),
        };
      });
      bundle.onResolve({ filter: /^tfjs-converter/ }, ({ path: name }) => ({ path: join(sources, name) }));
    },
  };
}

function importSpecs(suite: Suite, sources: string | undefined): string {
  if (suite === 'tfjs-core') return "import '@tensorflow/tfjs-core/dist/tests.js';";
  if (!sources) throw new Error(`The suite of ${suite} needs the sources of TensorFlow.js.`);
  const folder = join(sources, suite, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('_test.ts'))
    .sort()
    .map((file) => `import ${JSON.stringify(join(folder, file))};`)
    .join('\n');
}

/** Writes the bundle into node_modules, from where it finds the packages that stay outside; returns its path. */
export async function bundleSuite(suite: Suite, sources?: string): Promise<string> {
  const outfile = path(`../../node_modules/.cache/foldwise/${suite}-suite.mjs`);
  await build({
    entryPoints: [path('run-suite.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['koffi', 'jasmine'],
    nodePaths: [path('../../node_modules')],
    // tfjs calls pure what it imports for its side effects.
    ignoreAnnotations: true,
    plugins: [constructSuperClass, layersSpecs, resolvePackages(suite, sources)],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return outfile;
}
