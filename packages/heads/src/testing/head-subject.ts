/** What the checks of a head work on: the head, and a model of it with random weights. */
import type { tf } from '@foldwise/tensorflow';
import type { Head, HeadInputs } from '../head.ts';
import type { Text } from './texts.ts';

export interface HeadSubject {
  head: Head;
  /**
   * The head in plain JavaScript, for one text without padding.
   *
   * @param tokens of the last layer: [tokens][hidden]
   * @param weights in the order of the model's, each flat
   * @param layers all hidden states, the embeddings first: [layers][tokens][hidden]
   */
  reference: (tokens: number[][], weights: number[][], layers: number[][][]) => number[];
  /** Of the checkpoint, for heads that read it. */
  pooler?: HeadInputs['pooler'];
}

export interface Context extends HeadSubject {
  /** Hidden states and mask to the head's output, with random weights. */
  model: tf.LayersModel;
  texts: readonly Text[];
  /** Builds one more model of the head, with the weights that it starts from. */
  build: (seed?: number) => tf.LayersModel;
}

/** Fails by throwing, with what is wrong as the message. */
export type Check = (context: Context) => void;
