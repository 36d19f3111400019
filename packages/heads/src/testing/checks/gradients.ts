/** Checks of what a head learns from. */
import assert from 'node:assert/strict';
import { tf } from '@foldwise/tensorflow';
import { createRandom } from '../create-random.ts';
import type { Check } from '../head-subject.ts';
import { lengthOf, maskOf, padStates } from '../texts.ts';
import { trainingLoss } from '../training-loss.ts';
import { variablesOf } from '../variables-of.ts';

/** Padding gets none; of each text at least one token in one layer does, as some heads read no more. */
export const gradientOfTokens: Check = ({ model, texts }) => {
  const mask = maskOf(texts, 7);
  const pooled = (states: tf.Tensor) => model.apply([...states.unstack(), mask]) as tf.Tensor;
  const states = padStates(texts, 7, 2);
  const { size, shape } = pooled(states);
  const slopes = tf.tensor(Array.from({ length: size }, createRandom(31)), shape);
  // [layers, batch, tokens, hidden] to [batch, tokens, layers, hidden]
  const gradient = tf.grad(pooled)(states, slopes).transpose([1, 2, 0, 3]);
  (gradient.arraySync() as number[][][][]).forEach((tokens, text) => {
    const isSet = (token: number[][]) => token.flat().some((x) => x !== 0);
    const own = lengthOf(texts[text]!);
    assert(tokens.flat(2).every(Number.isFinite), `text ${text} gets one that is no number`);
    assert(tokens.slice(0, own).some(isSet), `no token of text ${text} gets one`);
    assert(!tokens.slice(own).some(isSet), `padding of text ${text} gets one`);
  });
};

/** All weights get one, and a small step against it lowers the loss. */
export const training: Check = (context) => {
  const variables = variablesOf(context.model);
  if (variables.length === 0) return;
  const { value, grads } = tf.variableGrads(() => trainingLoss(context), variables);
  const start = variables.map((variable) => variable.clone());
  const gradients = variables.map(({ name }, i) => {
    const gradient = grads[name];
    const most = gradient ? gradient.abs().max().dataSync()[0]! : 0;
    assert(most > 0, `${context.model.trainableWeights[i]!.originalName} gets no gradient`);
    return gradient!;
  });
  const norm = Math.sqrt(tf.addN(gradients.map((g) => g.square().sum())).dataSync()[0]!);
  variables.forEach((variable, i) => variable.assign(variable.sub(gradients[i]!.mul(0.001 / norm))));
  const [before, after] = [value.dataSync()[0]!, trainingLoss(context).dataSync()[0]!];
  variables.forEach((variable, i) => variable.assign(start[i]!));
  assert(after < before, `a step takes the loss from ${before} to ${after}`);
};
