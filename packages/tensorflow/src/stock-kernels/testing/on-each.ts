/** Runs the same on TensorFlow.js's plain backend, on the engine, and on the engine compiled, for tests of kernels. */
import { compile } from '../../compile/compile.ts';
import { tf } from '../../tf.ts';

type Result = tf.Tensor | tf.Tensor[] | tf.NamedTensorMap;

/** One tensor, or why there is none. */
interface Outcome {
  tensors?: { dtype: string; shape: number[]; values: unknown[] }[];
  refused?: string;
}

/** Starts from the engine's backend and ends on it. `run` makes its own tensors. */
export async function onEach(
  run: () => Result,
): Promise<{ plain: Outcome; eager: Outcome; compiled: Outcome }> {
  await tf.setBackend('cpu');
  // It would advise, on the console, to install tfjs-node.
  Object.assign(tf.backend(), { firstUse: false });
  const plain = outcomeOf(run);
  await tf.setBackend('tensorflow');
  const eager = outcomeOf(run);
  const function_ = compile(() => listOf(run()));
  const compiled = outcomeOf(() => function_());
  function_.dispose();
  return { plain, eager, compiled };
}

function listOf(result: Result): tf.Tensor[] {
  if (result instanceof tf.Tensor) return [result];
  return Object.values(result).flat();
}

function outcomeOf(run: () => Result): Outcome {
  const results = { tensors: [] as tf.Tensor[] };
  try {
    results.tensors = tf.tidy(() => listOf(run()));
    return {
      tensors: results.tensors.map((tensor) => ({
        dtype: tensor.dtype,
        shape: tensor.shape,
        values: Array.from(tensor.dataSync() as ArrayLike<unknown>),
      })),
    };
  } catch (error) {
    return { refused: (error as Error).message };
  } finally {
    tf.dispose(results.tensors);
  }
}
