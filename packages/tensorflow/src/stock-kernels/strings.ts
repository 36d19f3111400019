/** Texts, which stay on the CPU: StringNGrams, StringSplit and StringToHashBucketFast. */
import type { tf } from '../tf.ts';
import type { Call } from './kernel.ts';
import { attribute, runOperation } from './operation.ts';

interface NGrams {
  separator: string;
  nGramWidths: number[];
  leftPad: string;
  rightPad: string;
  padWidth: number;
  preserveShortSequences: boolean;
}

/** The n-grams of each row of a ragged tensor of words, and the rows' limits. */
export function stringNGrams({
  inputs: { data, dataSplits },
  attrs,
  backend,
}: Call<NGrams>): tf.TensorInfo[] {
  return runOperation(backend, {
    name: 'StringNGrams',
    attributes: [
      attribute.string('separator', attrs.separator),
      attribute.ints('ngram_widths', attrs.nGramWidths),
      attribute.string('left_pad', attrs.leftPad),
      attribute.string('right_pad', attrs.rightPad),
      attribute.int('pad_width', attrs.padWidth),
      attribute.bool('preserve_short_sequences', attrs.preserveShortSequences),
      attribute.type('Tsplits', dataSplits!.dtype),
    ],
    inputs: [data!, dataSplits!],
    outputs: 2,
  });
}

/** The parts of texts between delimiters, as indices, values and shape of a sparse tensor. */
export function stringSplit({
  inputs: { input, delimiter },
  attrs: { skipEmpty },
  backend,
}: Call<{ skipEmpty: boolean }>): tf.TensorInfo[] {
  return runOperation(backend, {
    name: 'StringSplit',
    attributes: [attribute.bool('skip_empty', skipEmpty)],
    inputs: [input!, delimiter!],
    outputs: 3,
  });
}

/** Of each text, its FarmHash modulo the number of buckets. */
export function stringToHashBucketFast({
  inputs: { input },
  attrs: { numBuckets },
  backend,
}: Call<{ numBuckets: number }>): tf.TensorInfo {
  return runOperation(backend, {
    name: 'StringToHashBucketFast',
    attributes: [attribute.int('num_buckets', numBuckets)],
    inputs: [input!],
    outputs: 1,
  })[0]!;
}
