/** The backends of TensorFlow.js that a page can choose from. */
import { tf } from '@foldwise/tensorflow';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';

/** WebAssembly on the processor, or WebGL on the graphics card. */
export const backends = ['wasm', 'webgl'] as const;
export type Backend = (typeof backends)[number];

// The files lie beside this script, wherever the page is.
// WebGL compiles its programs once then, not for each length of texts.
tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', true);
setWasmPaths(new URL('.', import.meta.url).href);

/**
 * Makes TensorFlow.js compute on it; tensors move there as they are used.
 *
 * @throws where the browser does not have it, or has it in half precision only
 */
export async function useBackend(backend: Backend): Promise<void> {
  const before = tf.engine().backendName;
  if (!(await tf.setBackend(backend))) {
    if (before) await tf.setBackend(before);
    throw new Error(`This browser does not offer ${backend}.`);
  }
  // What masks padding lies beyond the range of half precision.
  if (backend === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    await tf.setBackend(before || 'wasm');
    throw new Error('WebGL computes in half precision here, which is not enough; use wasm.');
  }
}
