/** TensorFlow.js as Node gets it: all of it, with random operations that compiled functions draw anew. */
export * from '@tensorflow/tfjs';
export {
  dropout,
  multinomial,
  randomGamma,
  randomNormal,
  randomStandardNormal,
  randomUniform,
  randomUniformInt,
  truncatedNormal,
} from './random.ts';
