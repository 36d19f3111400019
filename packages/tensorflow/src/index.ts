/** libtensorflow for TensorFlow.js: installing and finding it, the tfjs backend on it, compiled functions. */
export { cacheFolder } from './library/cache-folder.ts';
export { downloadWheel } from './library/download-wheel.ts';
export { installWheel } from './library/install-wheel.ts';
export { unpackWheel } from './library/unpack-wheel.ts';
export { libraryReport } from './library/library-report.ts';
export type { Wheel, WheelProgress } from './library/wheel.ts';
export { compile, type CompiledFunction, type CompileOptions } from './compile/compile.ts';
export type { Nested } from './compile/nested.ts';
export { startEngine, type Engine, type EngineOptions } from './engine/start-engine.ts';
export { tf } from './tf.ts';
