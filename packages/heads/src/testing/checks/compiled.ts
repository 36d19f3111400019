/** Checks of a head in a compiled function. */
import { compile, tf, withPrecision } from '@foldwise/tensorflow';
import { assertClose } from '../assert-close.ts';
import { outputsOf } from '../head-model.ts';
import type { Check } from '../head-subject.ts';
import { batch } from '../texts.ts';
import { trainingLoss } from '../training-loss.ts';
import { variablesOf } from '../variables-of.ts';

/** Compiled, it gives what it gives one operation at a time, and so do its gradients. */
export const compiled: Check = (context) => {
  const { model, texts } = context;
  const inputs = batch(texts, 5);
  const forward = compile((...inputs: tf.Tensor[]) => model.apply(inputs) as tf.Tensor);
  assertClose(forward(...inputs).arraySync() as number[][], outputsOf(model, inputs));
  forward.dispose();
  const variables = variablesOf(model);
  if (variables.length === 0) return;
  const gradients = () => tf.variableGrads(() => trainingLoss(context), variables).grads;
  const backward = compile(gradients, { name: 'gradients' });
  const [inGraph, eager] = [backward(), gradients()].map((grads) =>
    variables.map(({ name }) => Array.from(grads[name]?.dataSync() ?? [])),
  );
  inGraph!.forEach((values, i) => assertClose([values], [eager![i]!], 1e-4));
  backward.dispose();
};

/** In bf16, which keeps 8 bits, it is near to what it is in float32, and padding still changes nothing. */
export const halfPrecision: Check = ({ model, texts }) => {
  const forward = compile((...inputs: tf.Tensor[]) =>
    withPrecision('bf16', () => model.apply(inputs) as tf.Tensor),
  );
  const exact = outputsOf(model, batch(texts, 5));
  const rounded = [0, 1e6].map((filler) => forward(...batch(texts, 8, filler)).arraySync() as number[][]);
  assertClose(rounded[0]!, exact, 0.05);
  assertClose(rounded[1]!, rounded[0]!);
  forward.dispose();
};
