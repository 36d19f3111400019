/**
 * AdamW (Loshchilov & Hutter 2019) as PyTorch computes it: decay apart from the gradient, epsilon added to the
 * corrected root. In a compiled function it updates variables in place; elsewhere it assigns plain tensors.
 */
import { activeTracer } from '../compile/active-tracer.ts';
import { usesKernels } from '../ops/kernels.ts';
import { rowsOf } from '../ops/row-gradient.ts';
import { zerosOfOwn } from '../memory/native-zeros.ts';
import { tf } from '../tf.ts';
import { stepByKernel } from './adam-w-by-kernel.ts';
import { stepByAssigning, type Member } from './adam-w-plain.ts';
import { stepByResource } from './adam-w-by-resource.ts';
import { clipFactor } from './clip-factor.ts';

export interface AdamWOptions {
  /** Default 0.001. It may be set anew at any time (`learningRate`); compiled functions read it at each call. */
  learningRate?: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  /** Share of a weight that a step takes away, times its rate (default 0.01). */
  weightDecay?: number;
  /** The most that the joint Euclidean norm of all gradients may be (Pascanu et al. 2013); not clipped by default. */
  clipNorm?: number;
  /**
   * Settings of one variable: `rate` times the learning rate is its own (default 1), `decay` is in place of
   * `weightDecay`. Asked once for each variable.
   */
  parameter?: (variable: tf.Variable) => { rate?: number; decay?: number };
}

/** As TensorFlow.js has it, whose index does not export it. */
interface NamedTensor {
  name: string;
  tensor: tf.Tensor;
}

interface NamedVariable extends NamedTensor {
  tensor: tf.Variable;
}

interface Slots extends Omit<Member, 'gradient'> {
  /** Of a table whose gradient comes by rows, 1 for each row that may have moments; made when it is needed. */
  seen: tf.Variable | undefined;
  /** Whether all rows may have moments that no step by rows gave them: of a dense gradient, or put back. */
  dense: boolean;
}

export class AdamW extends tf.Optimizer {
  static readonly className: string = 'AdamW';
  learningRate: number;
  readonly #options: Required<Omit<AdamWOptions, 'learningRate' | 'clipNorm'>> & { clipNorm?: number };
  readonly #slots = new Map<tf.Variable, Slots>();
  /** How many steps there were, a float32 scalar. */
  readonly #steps: tf.Variable;
  readonly #rate = () => this.learningRate;

  constructor({ learningRate = 0.001, clipNorm, ...options }: AdamWOptions = {}) {
    super();
    this.learningRate = learningRate;
    const {
      beta1 = 0.9,
      beta2 = 0.999,
      epsilon = 1e-8,
      weightDecay = 0.01,
      parameter = () => ({}),
    } = options;
    this.#options = {
      // As TensorFlow holds them, so that the powers and what they correct are of the same number.
      beta1: Math.fround(beta1),
      beta2: Math.fround(beta2),
      epsilon,
      weightDecay,
      parameter,
      ...(clipNorm === undefined ? {} : { clipNorm }),
    };
    this.#steps = newVariable([]);
  }

  /** Makes the state of these variables, in their order, that the first step would make. */
  build(variables: readonly tf.Variable[]): void {
    for (const variable of variables) this.#slotsOf(variable);
  }

  /**
   * Updates variables by their gradients, as all optimizers of TensorFlow.js do: by name, or in a list of names and
   * tensors. Variables without a gradient stay as they are.
   */
  override applyGradients(gradients: tf.NamedTensorMap | NamedTensor[]): void {
    const named = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const members = named.flatMap(({ name, tensor }) => {
      const variable = tf.engine().registeredVariables[name];
      if (!variable) throw new Error(`AdamW was given a gradient of "${name}", which is no variable.`);
      // As TensorFlow.js's own optimizers do: a variable that does not train has none.
      return (tensor as tf.Tensor | null) ? [{ ...this.#slotsOf(variable), gradient: tensor }] : [];
    });
    if (members.length > 0) tf.tidy(() => this.#apply(members));
  }

  #apply(members: readonly (Slots & Member)[]): void {
    const { beta1, beta2, epsilon, clipNorm } = this.#options;
    const tracer = activeTracer();
    const step = this.#steps.add(1);
    const learningRate = tracer ? tracer.number(this.#rate) : tf.scalar(this.learningRate);
    const root = tf.sqrt(tf.sub(1, tf.pow(beta2, step)));
    const rates = {
      beta1,
      beta2,
      learningRate,
      corrected: learningRate.mul(root).div(tf.sub(1, tf.pow(beta1, step))),
      epsilon: root.mul(epsilon),
      factor:
        clipNorm === undefined
          ? tf.scalar(1)
          : clipFactor(
              members.map(({ gradient }) => gradient),
              clipNorm,
            ),
    };
    const updates = tracer?.updates;
    const byKernel = updates && usesKernels();
    for (const { variable, gradient } of members)
      if (!byKernel || !rowsOf(gradient)) noteDense(this.#slotsOf(variable));
    if (!updates) stepByAssigning(members, rates);
    else if (byKernel) stepByKernel(updates, members, rates, ({ variable }) => this.#seenOf(variable));
    else stepByResource(updates, members, rates);
    this.#steps.assign(step);
  }

  /** How many steps there were. */
  override get iterations(): number {
    return this.#steps.dataSync()[0]!;
  }

  /** The count of steps, then the means of the gradients, then those of their squares, in the variables' order. */
  override getWeights(): Promise<NamedVariable[]> {
    const slots = [...this.#slots.values()];
    return Promise.resolve([
      { name: 'iter', tensor: this.#steps },
      ...slots.map(({ variable, mean }) => ({ name: `${variable.name}/m`, tensor: mean })),
      ...slots.map(({ variable, square }) => ({ name: `${variable.name}/v`, tensor: square })),
    ]);
  }

  /**
   * Puts back what `getWeights` gave, by the order of the variables, which are to be known (`build`).
   * @throws where numbers or shapes are not this optimizer's, which is as it was then
   */
  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const own = await this.getWeights();
    const shapes = (of: NamedTensor[]) => of.map(({ tensor }) => `[${tensor.shape}]`).join(' ');
    if (shapes(own) !== shapes(weights))
      throw new Error(`AdamW has state of the shapes ${shapes(own)}, but was given ${shapes(weights)}.`);
    own.forEach(({ tensor }, i) => tensor.assign(weights[i]!.tensor));
    for (const slots of this.#slots.values()) noteDense(slots);
  }

  /** Without `parameter`, which is a function. */
  override getConfig(): tf.serialization.ConfigDict {
    const { beta1, beta2, epsilon, weightDecay, clipNorm } = this.#options;
    const { learningRate } = this;
    return {
      learningRate,
      beta1,
      beta2,
      epsilon,
      weightDecay,
      ...(clipNorm === undefined ? {} : { clipNorm }),
    };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new cls(config);
  }

  override dispose(): void {
    for (const { mean, square, seen } of this.#slots.values()) tf.dispose([mean, square, seen]);
    this.#slots.clear();
    this.#steps.dispose();
  }

  #slotsOf(variable: tf.Variable): Slots {
    const known = this.#slots.get(variable);
    if (known) return known;
    const { rate = 1, decay = this.#options.weightDecay } = this.#options.parameter(variable);
    const { shape } = variable;
    const [mean, square] = [newVariable(shape), newVariable(shape)];
    const slots = { variable, mean, square, rate, decay, seen: undefined, dense: false };
    this.#slots.set(variable, slots);
    return slots;
  }

  #seenOf(variable: tf.Variable): tf.Variable {
    const slots = this.#slots.get(variable)!;
    slots.seen ??= newVariable([variable.shape[0]], slots.dense);
    return slots.seen;
  }
}

/** Notes, in a compiled function at each of its calls, that every row of a variable may have moments. */
function noteDense(slots: Slots): void {
  slots.dense = true;
  const { seen } = slots;
  if (seen) tf.tidy(() => seen.assign(tf.ones(seen.shape)));
}

/**
 * Zeros (or ones), also in the trace of a compiled function, whose first call need not make them then. Moments of rows of
 * a table that had no gradient yet are never written to, and take no memory.
 */
function newVariable(shape: number[], ones = false): tf.Variable {
  const make = () => tf.tidy(() => tf.variable(ones ? tf.ones(shape) : zerosOfOwn(shape), false));
  const tracer = activeTracer();
  return tracer ? tracer.makeOutside(make) : make();
}

tf.serialization.registerClass(AdamW);
