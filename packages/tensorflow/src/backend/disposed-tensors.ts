/** Says which tensor an operation was given that has been disposed, where TensorFlow.js fails on `undefined`. */
import type { TensorflowBinding } from '../binding/tensorflow-binding.ts';
import { dataTypeName } from '../c-api/data-type.ts';
import { tf } from '../tf.ts';

/** TensorFlow.js's key for a tensor's value. */
type DataId = object;

/** TensorFlow.js ends the scopes of its operations with that. */
const ofOperation = '__op';

/** What is known of values that are gone, for as long as somebody holds their tensors. */
export class DisposedTensors {
  readonly #binding: TensorflowBinding;
  readonly #known = new WeakMap<DataId, { tensor: string; trace: unknown }>();

  constructor(binding: TensorflowBinding) {
    this.#binding = binding;
  }

  /** @param dtype a TF_DataType */
  add(dataId: DataId, shape: readonly number[], dtype: number): void {
    const tensor = `a tensor of ${dataTypeName(dtype)}[${shape.join()}]`;
    this.#known.set(dataId, { tensor, trace: this.#binding.trace?.name });
  }

  /** For a value that no backend has. */
  explain(dataId: DataId): Error {
    // Outside of all scopes there is none, whatever its type says.
    const active = tf.engine().state.activeScope as { name: string } | undefined;
    const scope = active?.name ?? '';
    const operation = scope.endsWith(ofOperation) ? scope.slice(0, -ofOperation.length) : 'An operation';
    const { tensor = 'a tensor', trace } = this.#known.get(dataId) ?? {};
    const now = this.#binding.trace?.name;
    const when = now === undefined ? '' : `, while compiling ${now}`;
    const before = now === undefined || now === trace ? '' : '; it was disposed before that';
    return new Error(
      `${operation} was given ${tensor} that has been disposed${when}${before}. ` +
        'Keep it (tf.keep, or dispose it later) as long as it is used.',
    );
  }
}
