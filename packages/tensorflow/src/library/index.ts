/**
 * Getting libtensorflow, and other Python wheels, onto this machine: where it is looked for, downloads, unpacking. It
 * loads neither koffi nor TensorFlow.js.
 */
export { cacheFolder } from './cache-folder.ts';
export { downloadWheel } from './wheels/download-wheel.ts';
export { installWheel } from './wheels/install-wheel.ts';
export { libraryReport, type LibraryReport } from './library-report.ts';
export { takeLock } from './take-lock.ts';
export { unpackWheel } from './wheels/unpack-wheel.ts';
export type { InstallProgress, Wheel } from './wheels/wheel.ts';
