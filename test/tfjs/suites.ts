/** The test suites of TensorFlow.js 4.22: tfjs-core's is in its npm package, the others in its repository only. */

export const suites = ['tfjs-core', 'tfjs-layers', 'tfjs-data', 'tfjs-converter'] as const;

export type Suite = (typeof suites)[number];

/** On TensorFlow.js's plain backend, on the engine, and on the engine with each kernel as a compiled function. */
export const modes = ['cpu', 'eager', 'compiled'] as const;

export type Mode = (typeof modes)[number];
