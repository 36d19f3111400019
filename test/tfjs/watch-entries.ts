/**
 * Finds kernels that leave something behind: what they make for themselves and nobody can dispose of, in the binding or
 * in TensorFlow.js. Tensors of the scope around a kernel do not count: operations dispose of them at their end.
 */
import { tf } from '@foldwise/tensorflow';

interface Backend {
  binding: { getNumOfTensors(): number };
  numDataIds(): number;
  tensorMap: { has(dataId: object): boolean; get(dataId: object): { id: number } };
}

/** Calls of kernels that left entries or data ids behind, by kernel and number. */
export type Left = Record<string, { calls: number; entries: number; dataIds: number }>;

let inKernel = false;

/** Watches the kernels in TensorFlow.js's registry; the answer is filled as they are called. Call it once. */
export function watchEntries(): { left: Left; watched: Record<string, number> } {
  const left: Left = {};
  const watched: Record<string, number> = {};
  for (const config of tf.getKernelsForBackend('tensorflow')) {
    const { kernelName, kernelFunc } = config;
    tf.unregisterKernel(kernelName, 'tensorflow');
    tf.registerKernel({
      ...config,
      kernelFunc: (call) => {
        if (inKernel) return kernelFunc(call);
        inKernel = true;
        try {
          watched[kernelName] = (watched[kernelName] ?? 0) + 1;
          const { outputs, entries, dataIds } = watch(kernelFunc, call);
          if (entries || dataIds) {
            const count = (left[kernelName] ??= { calls: 0, entries: 0, dataIds: 0 });
            count.calls++;
            count.entries += entries;
            count.dataIds += dataIds;
          }
          return outputs;
        } finally {
          inKernel = false;
        }
      },
    });
  }
  return { left, watched };
}

function watch(kernel: tf.KernelFunc, call: Parameters<tf.KernelFunc>[0]) {
  const backend = tf.backend() as unknown as Backend;
  const hasEntry = ({ dataId }: tf.TensorInfo) =>
    backend.tensorMap.has(dataId) && backend.tensorMap.get(dataId).id >= 0;
  const inputs = [...new Set(Object.values(call.inputs).flat())].filter(Boolean) as tf.TensorInfo[];
  // Values that JavaScript wrote get their entries when a kernel first takes them.
  const written = new Set(inputs.filter((input) => !hasEntry(input)).map(({ dataId }) => dataId));
  const before = { entries: backend.binding.getNumOfTensors(), dataIds: backend.numDataIds() };
  const engine = tf.engine();
  engine.startScope('kernel');
  let outputs: tf.TensorInfo | tf.TensorInfo[] | undefined;
  try {
    outputs = kernel(call);
  } finally {
    engine.endScope([outputs ?? []].flat().filter((output) => output instanceof tf.Tensor) as never);
  }
  const given = new Set(inputs.map(({ dataId }) => dataId));
  const made = new Map([outputs].flat().map((output) => [output.dataId, output]));
  for (const dataId of given) made.delete(dataId);
  const entered = inputs.filter((input) => written.delete(input.dataId) && hasEntry(input)).length;
  return {
    outputs,
    entries:
      backend.binding.getNumOfTensors() -
      before.entries -
      entered -
      [...made.values()].filter(hasEntry).length,
    dataIds: backend.numDataIds() - before.dataIds - made.size,
  };
}
