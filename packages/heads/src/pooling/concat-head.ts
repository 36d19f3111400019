/** Several heads side by side, such as ULMFiT's concat pooling (Howard & Ruder 2018) without its last state. */
import { tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';

export const concat: HeadKind = {
  syntax: 'concat:<head>+<head>…',
  description: 'the vectors of several heads side by side; without an argument, those of mean and max',
  source: 'Howard & Ruder 2018',
  examples: ['concat', 'concat:cls+mean+max'],
  create: (argument = 'mean+max', find) => {
    const members = argument.split('+').map(find);
    if (members.length < 2)
      throw new Error(`Head "concat:${argument}" has one member; expected concat:<head>+<head>…`);
    return (inputs, name) =>
      tf.layers
        .concatenate({ name })
        .apply(members.map((head, i) => head.apply(inputs, `${name}_${i}`))) as tf.SymbolicTensor;
  },
};
