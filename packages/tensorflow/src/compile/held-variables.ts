/** tfjs's variables as a trace sees them: which one a tensor id belongs to, and what the traced function did to it. */
import type { TensorflowBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';
import { ownValue } from './own-value.ts';

/** Holds each variable's value for the time of a trace, so that `assign` frees nothing and can be undone. */
export class HeldVariables {
  /** Variables that were made since, each with its initial value. */
  readonly created = new Map<tf.Variable, tf.Tensor>();
  readonly #before = new Map<tf.Variable, tf.Tensor>();
  readonly #byId = new Map<number, tf.Variable>();

  readonly #backend: TensorflowBackend;

  constructor(backend: TensorflowBackend) {
    this.#backend = backend;
    try {
      for (const variable of Object.values(tf.engine().registeredVariables)) this.#note(variable);
    } catch (error) {
      this.restore();
      throw error;
    }
    this.#watch();
  }

  /** Makes a variable whose value is no part of the trace: from then on it is as one that was there before. */
  makeOutside(make: () => tf.Variable): tf.Variable {
    stopWatching();
    try {
      const variable = make();
      this.#note(variable);
      return variable;
    } finally {
      this.#watch();
    }
  }

  #note(variable: tf.Variable): void {
    // A copy of a variable outside must not be taken for the variable.
    this.#byId.set(ownValue(this.#backend, variable), variable);
    this.#before.set(variable, hold(variable));
  }

  #watch(): void {
    // An optimizer assigns to its slots right after it makes them, so their initial values must be seen at once.
    const engine = tf.engine();
    engine.makeVariable = (...args) => {
      const stock = Object.getPrototypeOf(engine) as typeof engine;
      const variable = stock.makeVariable.apply(engine, args);
      this.created.set(variable, hold(variable));
      return variable;
    };
  }

  /** The variable whose value at the start of the trace has this id. */
  byId(id: number): tf.Variable | undefined {
    return this.#byId.get(id);
  }

  /** Variables that hold another value now. */
  assigned(): tf.Variable[] {
    return [...this.#before]
      .filter(([variable, before]) => changed(variable, before))
      .map(([variable]) => variable);
  }

  /** Gives every variable the value back that it had. It can be called again. */
  restore(): void {
    for (const [variable, before] of [...this.#before, ...this.created]) {
      if (changed(variable, before)) variable.assign(before);
      before.dispose();
    }
    stopWatching();
  }
}

function stopWatching(): void {
  delete (tf.engine() as Partial<ReturnType<typeof tf.engine>>).makeVariable;
}

function hold(variable: tf.Variable): tf.Tensor {
  return tf.keep(tf.clone(variable));
}

function changed(variable: tf.Variable, before: tf.Tensor): boolean {
  return !variable.isDisposed && variable.dataId !== before.dataId;
}
