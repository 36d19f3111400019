/** The README.md of an exported folder: how to serve it, and how to use it in another page. */
import type { ModelDescription } from './model-description.ts';

export function exportReadme({ title, run, fold, task, texts }: ModelDescription): string {
  const given = texts ? texts.columns.map((name) => `'Any ${name}'`).join(', ') : "'Any text'";
  return `# ${title}, in the browser

The model of ${run}, fold ${fold}. Browsers load it from a web server; any will do:

    npx serve                      # or
    python3 -m http.server 8000

Then open the address that it tells. Everything the page needs is in this folder, and texts stay in the browser. Any
place that hosts static files can serve the folder as it is. Served with the headers
\`Cross-Origin-Opener-Policy: same-origin\` and \`Cross-Origin-Embedder-Policy: require-corp\`, WebAssembly uses several
threads.

In a page of your own:

    import { loadPredictor } from './foldwise.js';

    const predictor = await loadPredictor({ backend: 'wasm' }); // or 'webgl'
    const { outputs } = await predictor.predict(${given});
    // [{ name, value }, …]: ${task === 'regression' ? 'numbers' : 'probabilities'}

| file                      | what it is                                                          |
| ------------------------- | ------------------------------------------------------------------- |
| model.json, group1-*.bin  | the model, a layers model of TensorFlow.js                          |
| tokenizer*.json           | the tokenizer, read by transformers.js                              |
| foldwise.js               | TensorFlow.js, our layers and transformers.js' tokenizers           |
| tfjs-backend-wasm*.wasm   | TensorFlow.js's WebAssembly backend; a browser loads one of them    |
| index.html, page.*        | the page                                                            |
`;
}
