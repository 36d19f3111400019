/**
 * Multinomial as TensorFlow.js has it: a seed gives the same draws at each call (from 1 on: smaller ones are as none), and
 * probabilities are taken as well as logits. tfjs-node's goes on in the sequence that the first call with a seed began.
 */
import { tf } from '../tf.ts';
import type { Call } from './kernel.ts';
import { attribute, runOperation } from './operation.ts';

interface Draws {
  numSamples: number;
  seed: number;
  normalized: boolean;
}

/** logits [batch, outcomes] to int32 outcomes [batch, samples]. */
export function multinomial({ inputs, attrs, backend }: Call<Draws>): tf.TensorInfo {
  const { numSamples, seed, normalized } = attrs;
  return tf.tidy(() => {
    const given = inputs['logits'] as tf.Tensor;
    const logits = normalized ? tf.log(given) : given;
    const samples = tf.scalar(numSamples, 'int32');
    const types = [attribute.type('T', logits.dtype), attribute.type('output_dtype', 'int32')];
    // Without a seed TensorFlow.js makes one up between 0 and 1, once for all calls of a compiled function.
    if (seed > 0 && seed < 1)
      return runOperation(backend, {
        name: 'Multinomial',
        attributes: types,
        inputs: [logits, samples],
        outputs: 1,
      })[0]!;
    return runOperation(backend, {
      name: 'StatelessMultinomial',
      attributes: [...types, attribute.type('Tseed', 'int32')],
      inputs: [logits, samples, tf.tensor1d(new Int32Array(Float64Array.of(seed).buffer), 'int32')],
      outputs: 1,
    })[0]!;
  });
}
