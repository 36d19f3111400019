/**
 * Gives tfjs-backend-wasm 4.22 the kernels that training needs and it lacks: by those of tfjs's plain CPU backend, with
 * the values copied there and back, or by one of our own. It leaves out complex numbers, which WebAssembly lacks.
 */
import { tf } from '../tf.ts';

type Values = tf.BackendValues;
type Inputs = Record<string, tf.TensorInfo>;

/** What both backends have. */
interface PlainBackend {
  firstUse?: boolean;
  write(values: Values, shape: number[], dtype: tf.DataType): object;
  readSync(dataId: object): Values;
  disposeData(dataId: object): boolean;
}

const complexKernels = ['Complex', 'ComplexAbs', 'FFT', 'IFFT', 'Imag', 'Real'];

/** Registers them in TensorFlow.js. Call it once, after tfjs-backend-wasm is imported. */
export function registerCpuKernelsForWasm(): void {
  registerForWasm('UnsortedSegmentSum', unsortedSegmentSum);
  const known = new Set(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName));
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('cpu'))
    if (!known.has(kernelName) && !complexKernels.includes(kernelName))
      registerForWasm(kernelName, (inputs, attrs, wasm) => runOnCpu(kernelFunc, inputs, attrs, wasm));
}

function registerForWasm(
  kernelName: string,
  kernel: (inputs: Inputs, attrs: tf.NamedAttrMap, wasm: PlainBackend) => tf.TensorInfo | tf.TensorInfo[],
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(inputs as Inputs, attrs as tf.NamedAttrMap, backend as PlainBackend),
  });
}

function runOnCpu(kernelFunc: tf.KernelFunc, inputs: Inputs, attrs: tf.NamedAttrMap, wasm: PlainBackend) {
  const cpu = tf.findBackend('cpu') as unknown as PlainBackend;
  // It would advise, on the console, to install tfjs-node.
  cpu.firstUse = false;
  const move = ({ dataId, shape, dtype }: tf.TensorInfo, from: PlainBackend, to: PlainBackend) => ({
    dataId: to.write(from.readSync(dataId), shape, dtype),
    shape,
    dtype,
  });
  // A list for operations that take any number of tensors.
  const given = (Array.isArray(inputs) ? [] : {}) as Inputs;
  for (const [name, input] of Object.entries(inputs)) given[name] = move(input, wasm, cpu);
  const made = kernelFunc({ inputs: given, attrs, backend: cpu });
  const outputs = (Array.isArray(made) ? made : [made]).map((output) => {
    const moved = move(output, cpu, wasm);
    cpu.disposeData(output.dataId);
    return moved;
  });
  for (const input of Object.values(given)) cpu.disposeData(input.dataId);
  return Array.isArray(made) ? outputs : outputs[0]!;
}

/**
 * The gradient of `gather`: x [...ids.shape, ...inner] summed into [segments, ...inner] by id. The CPU backend goes
 * through all of x for every segment, which takes minutes with a vocabulary of segments.
 */
function unsortedSegmentSum(inputs: Inputs, attrs: tf.NamedAttrMap, wasm: PlainBackend): tf.TensorInfo {
  const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
  const segments = attrs['numSegments'] as number;
  const ids = wasm.readSync(segmentIds.dataId) as Int32Array;
  const values = wasm.readSync(x.dataId) as Float32Array | Int32Array;
  const inner = x.shape.slice(segmentIds.shape.length);
  const width = tf.util.sizeFromShape(inner);
  const Sums = x.dtype === 'int32' ? Int32Array : Float32Array;
  const sums = new Sums(segments * width);
  ids.forEach((id, row) => {
    // Negative ids are dropped, as in TensorFlow.
    for (let i = 0; id >= 0 && i < width; i++) sums[id * width + i]! += values[row * width + i]!;
  });
  const shape = [segments, ...inner];
  return { dataId: wasm.write(sums, shape, x.dtype), shape, dtype: x.dtype };
}
