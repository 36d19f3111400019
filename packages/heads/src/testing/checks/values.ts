/** Checks of what a head computes. */
import { assertClose } from '../assert-close.ts';
import { outputsOf } from '../head-model.ts';
import type { Check, Context } from '../head-subject.ts';
import { batch, createTexts, lengthOf } from '../texts.ts';

function expected({ model, reference, texts }: Context): number[][] {
  const weights = model.weights.map((weight) => Array.from(weight.read().dataSync()));
  return texts.map((text) => reference(text.at(-1)!, weights, text));
}

/** A float32 sum of many terms is off by more than one rounding. */
const tolerance = 1e-5;

export const reference: Check = (context) =>
  assertClose(outputsOf(context.model, batch(context.texts, 5)), expected(context), tolerance);

export const padding: Check = ({ model, texts }) => {
  const unpadded = outputsOf(model, batch(texts, 5));
  for (const filler of [0, 1e6, -1e6])
    for (const length of [6, 9]) assertClose(outputsOf(model, batch(texts, length, filler)), unpadded);
};

/** Alone and without padding, each text gives what it gave in the batch. */
export const batchOfOne: Check = ({ model, texts }) => {
  const together = outputsOf(model, batch(texts, 5));
  const alone = texts.map((text) => outputsOf(model, batch([text], lengthOf(text)))[0]!);
  assertClose(alone, together);
};

export const oneToken: Check = (context) => {
  const texts = createTexts().map((text) => text.map((tokens) => tokens.slice(0, 1)));
  assertClose(outputsOf(context.model, batch(texts, 1)), expected({ ...context, texts }), tolerance);
};

/** Rows that only fill up a batch weigh nothing, but NaN times nothing is NaN. */
export const noToken: Check = ({ model, texts }) => {
  const empty = texts[0]!.map(() => []);
  const [own, none] = outputsOf(model, batch([texts[0]!, empty], 5));
  assertClose([own!], outputsOf(model, batch([texts[0]!], 5)));
  if (!none!.every(Number.isFinite)) throw new Error(`a row without a token gives ${none!.join(', ')}`);
};

/** Nothing is left to chance outside of training. */
export const inference: Check = ({ model, texts }) => {
  const inputs = batch(texts, 5);
  assertClose(outputsOf(model, inputs), outputsOf(model, inputs), 0);
};
