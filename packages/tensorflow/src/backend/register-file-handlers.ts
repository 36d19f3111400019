/** `file://` paths for TensorFlow.js: `model.save('file://folder')` and `tf.loadLayersModel('file://folder/model.json')`. */
// tfjs-node's own router, without its addon. It writes model.json and weights.bin, as every tfjs reads them.
import { nodeFileSystemRouter } from '@tensorflow/tfjs-node-gpu/dist/io/file_system.js';
import { tf } from '../tf.ts';

/** Call it once; without it, only handlers that are given as objects work in Node. */
export function registerFileHandlers(): void {
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
}
