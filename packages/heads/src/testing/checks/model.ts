/** Checks of a head as a part of a model: its shape, names, start and configuration. */
import assert from 'node:assert/strict';
import { tf } from '@foldwise/tensorflow';
import { assertClose } from '../assert-close.ts';
import { headName, outputsOf } from '../head-model.ts';
import type { Check } from '../head-subject.ts';
import { batch } from '../texts.ts';

export const outputShape: Check = ({ model, texts }) => {
  const inputs = batch(texts, 5);
  const { shape } = model.apply(inputs) as tf.Tensor;
  assert.equal(shape.length, 2, `the output has the shape [${shape}]`);
  assert.deepEqual(model.outputs[0]!.shape, [null, shape[1]]);
  assert.deepEqual(model.computeOutputShape(inputs.map((input) => input.shape)), shape);
};

/** Two heads in one model, as concat builds them, must not share a layer's name. */
export const names: Check = ({ model }) => {
  for (const { name } of model.layers)
    assert(/^(hidden_\d|mask)$/.test(name) || name.startsWith(headName), `a layer is named ${name}`);
};

/** The same seed starts from the same weights. */
export const seed: Check = ({ build }) => {
  const [first, second] = [build(3), build(3)].map((model) => {
    const weights = model.weights.map((weight) => Array.from(weight.read().dataSync()));
    model.dispose();
    return weights;
  });
  assert.deepEqual(second, first);
};

/** The configuration makes the same model again, which also asks for every class to be registered. */
export const serialization: Check = ({ model, texts }) => {
  const config = JSON.parse(JSON.stringify(model.getConfig())) as tf.serialization.ConfigDict;
  const copy = tf.LayersModel.fromConfig<tf.LayersModel>(tf.LayersModel, config);
  // TensorFlow.js leaves out the inputs that nothing reads.
  const read = (config['inputLayers'] as [string][]).map(([name]) => model.inputNames.indexOf(name));
  const inputs = batch(texts, 5);
  copy.setWeights(model.getWeights());
  const [again, once] = [
    outputsOf(
      copy,
      read.map((i) => inputs[i]!),
    ),
    outputsOf(model, inputs),
  ];
  const layers = copy.layers.map((layer) => layer.getConfig());
  copy.dispose();
  assertClose(again, once, 0);
  const named = (layer: tf.serialization.ConfigDict) => ({ ...layer, name: undefined });
  assert.deepEqual(
    layers.map(named),
    model.layers.map((layer) => named(layer.getConfig())),
  );
};
