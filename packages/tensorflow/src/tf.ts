/** The one TensorFlow.js that every package uses: `import { tf } from '@foldwise/tensorflow'`. */
export * as tf from '#tfjs';
