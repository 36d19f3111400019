/** Checks of an encoder as a model that trains, is saved and is bounded. */
import assert from 'node:assert/strict';
import { AdamW, compile, parameterOf, tf, trainWith, variableOf } from '@foldwise/tensorflow';
import { encoderWeight } from '../../checkpoint/encoder-weight.ts';
import { loadEncoder } from '../../load-encoder.ts';
import {
  expectedGradient,
  packed,
  padded,
  tensorOf,
  weightedSum,
  type FamilyCheck,
} from '../family-context.ts';

/** The model takes what the reference was made of. */
export const inputs: FamilyCheck = ({ encoder: { family, config, model }, reference }) => {
  const names = ['input_ids', 'attention_mask', 'token_type_ids'].filter((name) => reference.has(name));
  assert.deepEqual(family.inputs(config), names);
  assert.deepEqual(model.inputNames, names);
};

/** The reference's first text is the longest; one more token is an error. */
export const longest: FamilyCheck = ({ encoder: { model, maxTokens }, reference }) => {
  assert.equal(maxTokens, tensorOf(reference, 'input_ids').shape[1], 'the longest text');
  const longer = model.inputNames.map(() => tf.ones([1, maxTokens + 1], 'int32'));
  assert.throws(
    () => model.apply(longer),
    new RegExp(`A text of ${maxTokens + 1} tokens is longer than the encoder's ${maxTokens} positions`),
  );
};

/** Kernels and tables decay, and nothing else; depths go from the embeddings to the last layer. */
export const parameters: FamilyCheck = ({ encoder: { config, model } }) => {
  const depths = model.weights.map((weight) => {
    const { group, decay, depth } = parameterOf(variableOf(weight));
    assert.equal(group, 'encoder', weight.originalName);
    assert.equal(decay, weight.shape.length === 2, `${weight.originalName} decays`);
    return depth!;
  });
  assert.equal(Math.min(...depths), 0, 'the least depth');
  assert.equal(Math.max(...depths), config.numHiddenLayers, 'the greatest depth');
};

/** AdamW's first step moves each weight by its rate, against the sign of the gradient that Python has. */
export const trainingStep: FamilyCheck = async (context) => {
  const encoder = await loadEncoder(context.folder, { dropout: 0, types: true });
  const { family, config, model } = encoder;
  const variables = model.trainableWeights.map(variableOf);
  const sources = family.weights(config).weights;
  assert.equal(variables.length, sources.length, 'the number of weights that train');
  const optimizer = new AdamW({ learningRate: 0.01, weightDecay: 0 });
  const step = compile(() => {
    const loss = () => trainWith(tf.tensor1d([1, 0], 'int32'), () => weightedSum(packed({ ...context, encoder }), context)); // prettier-ignore
    const { value, grads } = tf.variableGrads(loss, variables);
    optimizer.applyGradients(grads);
    return value;
  });
  const before = sources.map(({ weight }) => encoderWeight(model, weight).read().clone());
  step();
  for (const [i, source] of sources.entries()) {
    const gradient = expectedGradient(source, context).dataSync<'float32'>();
    const most = Math.max(...gradient.map(Math.abs));
    const moved = encoderWeight(model, source.weight).read().sub(before[i]!).dataSync<'float32'>();
    for (const [j, slope] of gradient.entries())
      if (Math.abs(slope) > 0.01 * most) {
        const off = Math.abs(moved[j]! + 0.01 * Math.sign(slope));
        assert(off < 1e-5, `${source.weight}[${j}] moved by ${moved[j]} against a slope of ${slope}`);
      }
  }
  step.dispose();
  optimizer.dispose();
  model.dispose();
};

/** Dropout follows its seed, and is left out outside of training. */
export const dropout: FamilyCheck = async (context) => {
  const encoder = await loadEncoder(context.folder, { dropout: 0.3, types: true });
  const noisy = { ...context, encoder };
  const sum = (seed?: number, form = padded) => {
    const loss = () => weightedSum(form(noisy), context);
    return (seed === undefined ? loss() : trainWith(tf.tensor1d([seed, 0], 'int32'), loss)).dataSync()[0]!;
  };
  const exact = weightedSum(padded(context), context).dataSync()[0]!;
  assert.equal(sum(), exact, 'the sum outside of training');
  for (const form of [padded, packed]) {
    assert.equal(sum(1, form), sum(1, form), 'the sum of one seed');
    assert.equal(
      new Set([exact, sum(1, form), sum(2, form)]).size,
      3,
      'the different sums of two seeds and none',
    );
    assert(Number.isFinite(sum(1, form)), 'the sum is a number');
  }
  encoder.model.dispose();
};

/** The configuration makes the same model again, which also asks for every class to be registered. */
export const serialization: FamilyCheck = async (context) => {
  const { model } = context.encoder;
  const topology = JSON.parse(JSON.stringify(model.toJSON(undefined, false))) as never;
  const copy = await tf.models.modelFromJSON({ modelTopology: topology });
  copy.setWeights(model.getWeights());
  const again = padded({ ...context, encoder: { ...context.encoder, model: copy } });
  const once = padded(context);
  assert.deepEqual(again.at(-1)!.dataSync(), once.at(-1)!.dataSync());
  assert.deepEqual(
    copy.weights.map((weight) => parameterOf(variableOf(weight))),
    model.weights.map((weight) => parameterOf(variableOf(weight))),
  );
  copy.dispose();
};
