/** The tfjs backend "tensorflow": tfjs-node's kernels and backend on our own binding of TensorFlow's C API. */
// The package's main file would load its C++ addon, which is never installed; these two files need none.
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import '@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js';
import type { TensorflowBinding } from '../binding/tensorflow-binding.ts';
import { followRates } from '../compile/follow-rates.ts';
import { registerStockKernels } from '../stock-kernels/stock-kernels.ts';
import { tf } from '../tf.ts';
import { DisposedTensors } from './disposed-tensors.ts';
import type { TensorflowBackend } from './native-backend.ts';
import { registerFileHandlers } from './register-file-handlers.ts';
import { restoreNodeUtil } from './restore-node-util.ts';

/** What a value of tfjs-node's backend is known by. */
interface Value {
  shape: number[];
  dtype: number;
}

/** The part of tfjs-node's backend that keeps them. */
interface Values {
  tensorMap: tf.DataStorage<Value>;
  disposeData: (dataId: object, force?: boolean) => boolean;
}

restoreNodeUtil();
registerStockKernels();
followRates();
registerFileHandlers();

/** A new backend; its kernels are registered where this file is imported. */
export function createTensorflowBackend(binding: TensorflowBinding): TensorflowBackend & tf.KernelBackend {
  const backend = new NodeJSKernelBackend(binding as never, '@tensorflow/tfjs-node-gpu') as unknown as Values;
  const disposed = new DisposedTensors(binding);
  // It is asked for values that the backend does not have: those of another backend, or of disposed tensors.
  const moveData = (to: tf.KernelBackend, dataId: object) => {
    const engine = tf.engine();
    if (!engine.state.tensorInfo.has(dataId)) throw disposed.explain(dataId);
    engine.moveData(to, dataId);
  };
  backend.tensorMap = new tf.DataStorage<Value>(backend as unknown as tf.KernelBackend, { moveData });
  const { disposeData } = backend;
  backend.disposeData = function (this: Values, dataId, force) {
    const value = this.tensorMap.has(dataId) ? this.tensorMap.get(dataId) : undefined;
    const gone = disposeData.call(this, dataId, force);
    if (gone && value) disposed.add(dataId, value.shape, value.dtype);
    return gone;
  };
  return backend as unknown as TensorflowBackend & tf.KernelBackend;
}
