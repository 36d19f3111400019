/** Writes the page and its library into an exported folder: all that a browser needs beside the model. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const page = fileURLToPath(new URL('page', import.meta.url));
const require = createRequire(import.meta.url);

/** One of them is loaded, by what the browser can do. */
const wasmBinaries = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
];

/** Writes into `folder`, which must exist: index.html, page.css, page.js, foldwise.js and WebAssembly's binaries. */
export async function writePage(folder: string): Promise<void> {
  await build({
    entryPoints: ['foldwise.ts', 'page.ts', 'opened-as-file.ts'].map((name) => join(page, name)),
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    legalComments: 'linked',
    logLevel: 'error',
    plugins: [libraryBeside, tokenizersAlone],
  });
  for (const name of ['index.html', 'page.css']) await copyFile(join(page, name), join(folder, name));
  const binaries = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  // Copies would be executable, as the package has them.
  for (const name of wasmBinaries) await writeFile(join(folder, name), await readFile(join(binaries, name)));
}

/** The page loads the library as others do. */
const libraryBeside: Plugin = {
  name: 'library-beside',
  setup: (build) =>
    build.onResolve({ filter: /^\.\/foldwise\.ts$/ }, () => ({ path: './foldwise.js', external: true })),
};

/**
 * Takes of transformers.js the file with its tokenizers, and leaves out what that imports for other purposes:
 * downloads, chat templates and tensors of ONNX Runtime, which alone would be most of the bundle.
 */
const tokenizersAlone: Plugin = {
  name: 'tokenizers-alone',
  setup(build) {
    const root = join(dirname(require.resolve('@huggingface/transformers')), '..', 'src');
    build.onResolve({ filter: /^@huggingface\/transformers$/ }, () => ({
      path: join(root, 'tokenization_utils.js'),
    }));
    build.onResolve({ filter: /^(\.\/utils\/|@huggingface\/jinja$)/ }, ({ path, importer }) =>
      importer === join(root, 'tokenization_utils.js') && !path.endsWith('/generic.js')
        ? { path, namespace: 'left-out' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};
