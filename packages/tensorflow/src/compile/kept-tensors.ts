/** Tensors that a traced function keeps beyond its end (`tf.keep`), which only its trace would ever give a value. */
import type { SymbolEntry } from '../binding/tensor-entry.ts';
import type { TensorflowBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { idOf } from './own-value.ts';

/** Notes them from its making on, until `end`. Values of outside may be kept. */
export class KeptTensors {
  readonly #backend: TensorflowBackend;
  readonly #kept = new Set<tf.Tensor>();
  /** Those among them that TensorFlow.js saved for a gradient, and has left where that failed. */
  readonly #saved = new Set<tf.Tensor>();

  constructor(backend: TensorflowBackend) {
    this.#backend = backend;
    const engine = tf.engine();
    engine.keep = (tensor) => {
      this.#kept.add(tensor);
      if (engine.state.kernelDepth > 0) this.#saved.add(tensor);
      const stock = Object.getPrototypeOf(engine) as typeof engine;
      return stock.keep.call(engine, tensor) as typeof tensor;
    };
  }

  /** @throws if one of them is not among those that the function gives back, whose owner is who called it */
  refuse(name: string, given: readonly tf.Tensor[]): void {
    const kept = this.#symbols().find(({ tensor }) => !given.includes(tensor) && !this.#saved.has(tensor));
    if (kept)
      throw new Error(
        `${name} keeps the result of ${kept.entry.operation}, of shape [${kept.entry.shape}], beyond its end, where it would be the same in every call. Hold what goes on from call to call in a tf.variable; run stateful layers (an LSTM with stateful: true, say) outside of compiled functions, and reset their states now.`,
      );
  }

  end(): void {
    delete (tf.engine() as Partial<ReturnType<typeof tf.engine>>).keep;
    // Those that the function gave back stood for its outputs.
    for (const { tensor } of this.#symbols()) tensor.dispose();
  }

  /** Those that live and stand for nodes of a graph. */
  #symbols(): { tensor: tf.Tensor; entry: SymbolEntry }[] {
    return [...this.#kept].flatMap((tensor) => {
      if (tensor.isDisposed) return [];
      const entry = this.#backend.binding.entries.get(idOf(this.#backend, tensor));
      return entry.kind === 'symbol' ? [{ tensor, entry }] : [];
    });
  }
}
