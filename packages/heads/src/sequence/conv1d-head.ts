/** A convolution over tokens and the maximum of each filter over them, as in Kim's CNN for sentences (2014). */
import { addParameter, dense, tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';
import { applyPooling } from '../pooling/pooling-head.ts';
import { PoolingLayer, type LearnedPoolingArgs } from '../pooling/pooling-layer.ts';
import { uniformStart } from '../uniform-start.ts';

export interface ConvolutionPoolingArgs extends LearnedPoolingArgs {
  filters: number;
  /** Tokens that a filter sees: the token itself, and those on both sides; of an even number, one more on its right. */
  kernel: number;
}

/**
 * [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, filters]: the maximum over the text's tokens of
 * relu(window W + b). What a window sees beyond the text is 0, padding as well. Weights: kernel [kernel * n, filters],
 * bias [filters].
 */
export class ConvolutionPooling extends PoolingLayer {
  static readonly className = 'ConvolutionPooling';
  readonly #args: ConvolutionPoolingArgs;
  #kernel!: tf.LayerVariable;
  #bias!: tf.LayerVariable;

  constructor(args: ConvolutionPoolingArgs) {
    super(args);
    this.#args = args;
  }

  override build(inputShape: tf.Shape[]): void {
    const { filters, kernel, seed = 0 } = this.#args;
    const inputs = kernel * inputShape[0]!.at(-1)!;
    this.#kernel = addParameter(this, 'kernel', [inputs, filters], {
      initializer: uniformStart(inputs, seed),
    });
    this.#bias = addParameter(this, 'bias', [filters], {
      initializer: tf.initializers.zeros(),
      decay: false,
    });
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const [batch, tokens, width] = hidden.shape;
    const { kernel } = this.#args;
    const before = Math.floor((kernel - 1) / 2);
    const padded = hidden.mul(mask).pad([[0, 0], [before, kernel - 1 - before], [0, 0]]); // prettier-ignore
    const windows = Array.from({ length: kernel }, (_, i) => padded.slice([0, i, 0], [batch, tokens, width]));
    const seen = kernel === 1 ? windows[0]! : tf.concat(windows, 2);
    const bias = this.#bias.read() as tf.Tensor1D;
    const found = dense(seen, this.#kernel.read() as tf.Tensor2D, bias).relu();
    // Nothing is below 0 now, so that zeros of the padding win no maximum.
    return found.mul(mask).max(1);
  }

  protected override features(): number {
    return this.#args.filters;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { filters, kernel, seed = 0 } = this.#args;
    return { ...super.getConfig(), filters, kernel, seed };
  }
}

tf.serialization.registerClass(ConvolutionPooling);

const syntax = 'conv1d[:<filters>x<kernel>]';

export const conv1d: HeadKind = {
  syntax,
  description:
    'a convolution over the tokens, ReLU, and the maximum of each filter; 256 filters over 3 tokens if none are named',
  source: 'Kim 2014',
  examples: ['conv1d', 'conv1d:128x5'],
  create: (argument = '256x3') => {
    const [, filters, kernel] = /^([1-9]\d{0,3})x([1-9]\d?)$/.exec(argument) ?? [];
    if (!filters)
      throw new Error(
        `Head "conv1d" takes filters (1 to 9999) and tokens that each sees (1 to 99), as ${syntax}; got "${argument}".`,
      );
    const args = { filters: Number(filters), kernel: Number(kernel) };
    return (inputs, name) =>
      applyPooling(new ConvolutionPooling({ name, ...args, seed: inputs.seed ?? 0 }), inputs);
  },
};
