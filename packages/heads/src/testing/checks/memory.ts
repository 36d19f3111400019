/** A check that a head leaves no tensor behind. It must run outside of a tidy, which would hide them. */
import assert from 'node:assert/strict';
import { tf } from '@foldwise/tensorflow';
import type { Check } from '../head-subject.ts';
import { batch } from '../texts.ts';
import { trainingLoss } from '../training-loss.ts';
import { variablesOf } from '../variables-of.ts';

function assertNoneLeft(what: string, run: () => void): void {
  const before = tf.memory().numTensors;
  run();
  const left = tf.memory().numTensors - before;
  assert.equal(left, 0, `${what} leaves ${left} tensors behind`);
}

export const memory: Check = (context) => {
  const { model, texts, build } = context;
  const inputs = batch(texts, 5);
  try {
    assertNoneLeft('a call', () => tf.dispose(model.apply(inputs) as tf.Tensor));
    const variables = variablesOf(model);
    if (variables.length > 0)
      assertNoneLeft('a gradient', () => {
        const { value, grads } = tf.variableGrads(() => trainingLoss(context), variables);
        tf.dispose([value, grads]);
      });
    assertNoneLeft('a model that is disposed', () => build().dispose());
  } finally {
    tf.dispose(inputs);
  }
};
