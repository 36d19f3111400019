/**
 * Getting libtensorflow, and other Python wheels, onto this machine: where it is looked for, downloads, unpacking. It
 * loads neither koffi nor TensorFlow.js.
 */
export { cacheFolder } from './cache-folder.ts';
export { downloadWheel } from './download-wheel.ts';
export { installWheel } from './install-wheel.ts';
export { libraryReport, type LibraryReport } from './library-report.ts';
export { takeLock } from './take-lock.ts';
export { unpackWheel } from './unpack-wheel.ts';
export type { InstallProgress, Wheel } from './wheel.ts';
