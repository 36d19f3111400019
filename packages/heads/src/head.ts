/** What a head is: it makes one vector a text of what an encoder says of the text's tokens. */
import type { tf } from '@foldwise/tensorflow';

/** What a head may read of an encoder, as symbolic tensors of a functional model. */
export interface HeadInputs {
  /** Hidden states, each [batch, tokens, hidden]: the embeddings first, the last layer last. */
  hiddenStates: readonly tf.SymbolicTensor[];
  /** int32 [batch, tokens]: 1 for tokens, 0 for the padding on their right. */
  mask: tf.SymbolicTensor;
  /** The checkpoint's own pooler, where it has one: kernel [hidden, hidden] as [inputs, outputs], bias [hidden]. */
  pooler?: { kernel: Float32Array; bias: Float32Array } | undefined;
  /** Of the start of weights that no checkpoint brings (default 0), so that a run can be repeated. */
  seed?: number | undefined;
}

export interface Head {
  /** As pipelines and the command line write it, such as `token:-2`. */
  spec: string;
  /**
   * Adds the head's layers to a functional model. The result is [batch, features], with `features` known.
   *
   * @param name opens the names of all its layers, so that heads within heads do not collide
   * @throws where the encoder lacks what the head reads (a layer, a pooler); the message says what it has
   */
  apply: (inputs: HeadInputs, name: string) => tf.SymbolicTensor;
}

/** One line of the registry: all heads of a name. */
export interface HeadKind {
  /** How a spec is written where it takes an argument, such as `token:<index>`; else the name alone. */
  syntax: string;
  /** One line for `foldwise heads` and the documentation. */
  description: string;
  /** Paper or system, with its year. */
  source: string;
  /** Specs that the tests, the documentation and the experiments go through; the first is the plainest. */
  examples: readonly string[];
  /**
   * @param argument what follows the name and its colon; undefined where nothing does
   * @param find finds the heads within, for those that are made of others
   * @throws Error that names the syntax, for an argument that it cannot take
   */
  create: (argument: string | undefined, find: (spec: string) => Head) => Head['apply'];
}
