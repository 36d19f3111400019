/** A learned affine map: the one place where its kernel and its bias are made and read. */
import { dense, type tf } from '@foldwise/tensorflow';
import { addMatrix, addVector, type Owner } from './owner.ts';

/** An affine map's result, whose bias is left to what comes next, which adds it in the same pass. */
export interface Unbiased {
  /** [..., outputs] */
  product: tf.Tensor3D;
  /** [outputs] */
  bias: tf.Tensor1D;
}

/** Weights: `<name>_kernel` [inputs, outputs] and `<name>_bias` [outputs]. */
export class Linear {
  readonly #kernel: tf.LayerVariable;
  readonly #bias: tf.LayerVariable;

  constructor(owner: Owner, name: string, { inputs, outputs }: { inputs: number; outputs: number }) {
    this.#kernel = addMatrix(owner, `${name}_kernel`, [inputs, outputs]);
    this.#bias = addVector(owner, `${name}_bias`, outputs, 'zeros');
  }

  /** For operations that compute the product themselves. */
  get kernel(): tf.Tensor2D {
    return this.#kernel.read() as tf.Tensor2D;
  }

  get bias(): tf.Tensor1D {
    return this.#bias.read() as tf.Tensor1D;
  }

  /** [..., inputs] to [..., outputs]. */
  call(x: tf.Tensor3D): tf.Tensor3D {
    return dense(x, this.kernel, this.bias) as tf.Tensor3D;
  }

  /** The same, but for the bias. */
  unbiased(x: tf.Tensor3D): Unbiased {
    return { product: dense(x, this.kernel) as tf.Tensor3D, bias: this.bias };
  }
}
