/** Several heads side by side, such as ULMFiT's concat pooling (Howard & Ruder 2018) without its last state. */
import { tf } from '@foldwise/tensorflow';
import type { Head, HeadKind } from '../head.ts';

const syntax = 'concat:<head>+<head>…';

export const concat: HeadKind = {
  syntax,
  description: 'the vectors of several heads side by side; without an argument, those of mean and max',
  source: 'Howard & Ruder 2018 (ULMFiT)',
  examples: ['concat', 'concat:cls+mean+max'],
  create: (argument = 'mean+max', find) => {
    const specs = argument.split('+');
    if (specs.length < 2 || specs.includes(''))
      throw new Error(`Head "concat:${argument}" lacks a member; expected ${syntax}.`);
    const within = <R>(body: () => R): R => {
      try {
        return body();
      } catch (error) {
        throw new Error(`Head "concat:${argument}": ${(error as Error).message}`, { cause: error });
      }
    };
    const members: Head[] = within(() => specs.map(find));
    return (inputs, name) => {
      const vectors = within(() => members.map((head, i) => head.apply(inputs, `${name}_${i}`)));
      return tf.layers.concatenate({ name }).apply(vectors) as tf.SymbolicTensor;
    };
  },
};
