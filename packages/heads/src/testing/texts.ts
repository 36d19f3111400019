/** Hidden states of a few texts, and batches of them as a model takes them. */
import { tf } from '@foldwise/tensorflow';
import { createRandom } from './create-random.ts';

/** [layers][tokens][hidden], without padding. */
export type Text = number[][][];

export const hidden = 4;
/** The embeddings and four layers. */
export const states = 5;

/**
 * Texts of five, one, three and two tokens. In the last one every other feature is below zero throughout, as zeros of
 * the padding would win its maximum.
 */
export function createTexts(): Text[] {
  const random = createRandom(11);
  const row = () => Array.from({ length: hidden }, random);
  const text = (tokens: number, of: () => number[]) =>
    Array.from({ length: states }, () => Array.from({ length: tokens }, of));
  return [
    text(5, row),
    text(1, row),
    text(3, row),
    text(2, () => row().map((x, i) => (i % 2 ? x : -Math.abs(x) - 0.5))),
  ];
}

export const lengthOf = (text: Text): number => text[0]!.length;

/** All layers' states [layers, batch, tokens, hidden], padded to `length` with states of `filler`. */
export function padStates(texts: readonly Text[], length: number, filler = 0): tf.Tensor4D {
  const padding = new Array<number>(hidden).fill(filler);
  const padded = Array.from({ length: states }, (_, layer) =>
    texts.map((text) => Array.from({ length }, (_, i) => text[layer]![i] ?? padding)),
  );
  return tf.tensor4d(padded);
}

/** int32 [batch, tokens] */
export function maskOf(texts: readonly Text[], length: number): tf.Tensor2D {
  const mask = texts.map((text) => Array.from({ length }, (_, i) => (i < lengthOf(text) ? 1 : 0)));
  return tf.tensor2d(mask, undefined, 'int32');
}

/** The inputs of the model: each layer's states, and the mask. */
export function batch(texts: readonly Text[], length: number, filler = 0): tf.Tensor[] {
  return tf.tidy(() => [...padStates(texts, length, filler).unstack(), maskOf(texts, length)]);
}
