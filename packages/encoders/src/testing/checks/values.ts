/** Checks of what an encoder computes, beside Python's transformers. */
import assert from 'node:assert/strict';
import { compile, tf, variableOf, withKernels, withPrecision } from '@foldwise/tensorflow';
import { encoderWeight } from '../../checkpoint/encoder-weight.ts';
import {
  expectedGradient,
  floatsOf,
  intsOf,
  ownStates,
  packed,
  padded,
  tensorOf,
  weightedSum,
  type FamilyCheck,
  type FamilyContext,
} from '../family-context.ts';

type Form = (context: FamilyContext) => tf.Tensor[];

const compiled = (body: () => tf.Tensor[]) => {
  const run = compile(body);
  const result = run();
  run.dispose();
  return result;
};

/** Every way in which an encoder runs: how the batch is laid out, and how the operations are run. */
const ways: Record<string, [Form, run: (body: () => tf.Tensor[]) => tf.Tensor[]]> = {
  'padded, one operation at a time': [padded, (body) => body()],
  'padded, compiled': [padded, compiled],
  'padded, of plain operations, compiled': [padded, (body) => compiled(() => withKernels(false, body))],
  'packed, one operation at a time': [packed, (body) => body()],
  'packed, compiled': [packed, compiled],
};

function mostOff(ours: tf.Tensor, theirs: ArrayLike<number>, what: string): number {
  const values = ours.dataSync<'float32'>();
  assert.equal(values.length, theirs.length, `${what}: the number of values`);
  return values.reduce((most, value, i) => {
    const off = Math.abs(value - theirs[i]!);
    // NaN is no number's neighbour.
    return off <= most ? most : Number.isNaN(off) ? Infinity : off;
  }, 0);
}

export const hiddenStates: FamilyCheck = (context) => {
  const { reference, encoder } = context;
  const count = Array.from(reference.keys()).filter((name) => name.startsWith('hidden_states.')).length;
  assert.equal(encoder.config.numHiddenLayers + 1, count, 'the number of hidden states');
  for (const [way, [form, run]] of Object.entries(ways)) {
    const states = run(() => form(context));
    assert.equal(states.length, count, `${way}: the number of hidden states`);
    for (const [i, state] of states.entries()) {
      const { data, shape } = tensorOf(reference, `hidden_states.${i}`);
      const theirs = ownStates(tf.tensor(data as Float32Array, [...shape]), context);
      const off = mostOff(ownStates(state, context), theirs.dataSync(), way);
      assert(off < 1e-5, `${way}: hidden state ${i} is off by ${off}`);
    }
  }
};

/** Of every weight, within 1e-4 of its largest number: a gradient is a sum over many tokens. */
export const gradients: FamilyCheck = (context) => {
  const { family, config, model } = context.encoder;
  const sources = family.weights(config).weights;
  const variables = sources.map(({ weight }) => variableOf(encoderWeight(model, weight)));
  for (const [way, [form, run]] of Object.entries(ways)) {
    const ours = run(() => {
      const { grads } = tf.variableGrads(() => weightedSum(form(context), context), variables);
      return variables.map(({ name }, i) => {
        assert(grads[name], `${way}: ${sources[i]!.weight} gets no gradient`);
        return grads[name];
      });
    });
    for (const [i, source] of sources.entries()) {
      const theirs = expectedGradient(source, context);
      assert.deepEqual(ours[i]!.shape, theirs.shape, source.weight);
      const values = theirs.dataSync();
      const off = mostOff(ours[i]!, values, source.weight) / Math.max(...values.map(Math.abs));
      assert(off < 1e-4, `${way}: the gradient of ${source.weight} is off by ${off} of its largest number`);
    }
  }
};

/** A padding token that someone typed, which some families do not count among the positions. */
export const paddingInside: FamilyCheck = ({ encoder: { model }, reference }) => {
  const ids = tensorOf(reference, 'ids_with_padding_inside');
  const shape = [...ids.shape];
  const inputs = model.inputNames.map((name) => {
    if (name === 'input_ids') return tf.tensor(intsOf(ids), shape, 'int32');
    return name === 'attention_mask' ? tf.ones(shape, 'int32') : tf.zeros(shape, 'int32');
  });
  const last = (model.apply(inputs) as tf.Tensor[]).at(-1)!;
  const off = mostOff(last, floatsOf(tensorOf(reference, 'states_with_padding_inside')), 'the last hidden state'); // prettier-ignore
  assert(off < 1e-5, `the last hidden state is off by ${off}`);
};

/** In bf16, which keeps 8 bits, padded or packed, states are near to what they are in float32. */
export const halfPrecision: FamilyCheck = (context) => {
  const exact = ownStates(padded(context).at(-1)!, context).dataSync();
  for (const form of [padded, packed]) {
    const [last] = compiled(() => [withPrecision('bf16', () => form(context)).at(-1)!]);
    const off = mostOff(ownStates(last!, context), exact, form.name);
    assert(off < 0.1, `${form.name}: the last hidden state is off by ${off}`);
  }
};
