/**
 * TensorFlow.js as browsers get it: operations and layers. The page imports the backends that it wants, and
 * `@tensorflow/tfjs-core/dist/register_all_gradients` if it trains; data sets and converted graphs are left out.
 */
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
