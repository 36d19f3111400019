/** Layer normalization (Ba et al. 2016), alone and of a residual sum. */
import { layerNorm, residualNorm, type tf } from '@foldwise/tensorflow';
import { addVector, type Owner } from './owner.ts';
import type { Unbiased } from './linear.ts';

export interface NormArgs {
  size: number;
  /** Added to the variance. */
  epsilon: number;
}

/** Weights: `<name>_gamma` and `<name>_beta`, each [size]. */
export class Norm {
  readonly #gamma: tf.LayerVariable;
  readonly #beta: tf.LayerVariable;
  readonly #epsilon: number;

  constructor(owner: Owner, name: string, { size, epsilon }: NormArgs) {
    this.#gamma = addVector(owner, `${name}_gamma`, size, 'ones');
    this.#beta = addVector(owner, `${name}_beta`, size, 'zeros');
    this.#epsilon = epsilon;
  }

  /** For operations that normalize besides what else they do. */
  get weights(): { gamma: tf.Tensor1D; beta: tf.Tensor1D; epsilon: number } {
    const gamma = this.#gamma.read() as tf.Tensor1D;
    return { gamma, beta: this.#beta.read() as tf.Tensor1D, epsilon: this.#epsilon };
  }

  /** [..., size] to the same shape. */
  call<T extends tf.Tensor>(x: T): T {
    const { gamma, beta, epsilon } = this.weights;
    return layerNorm(x, gamma, beta, epsilon);
  }
}

/**
 * The residual sum of a post-norm layer (Vaswani et al. 2017): norm(residual + dropout(x)). A pre-norm layer normalizes
 * what a part reads, by `Norm`, and adds what the part gives to the residual.
 */
export class NormedResidual {
  readonly #norm: Norm;
  readonly #dropout: number;

  /** @param args.dropout share of features dropped in training */
  constructor(owner: Owner, name: string, { dropout, ...norm }: NormArgs & { dropout: number }) {
    this.#norm = new Norm(owner, name, norm);
    this.#dropout = dropout;
  }

  /** x and residual: [batch, tokens, size], as the result. */
  call({ product, bias }: Unbiased, residual: tf.Tensor3D): tf.Tensor3D {
    return residualNorm(product, residual, bias, this.#norm.weights, this.#dropout);
  }
}
