/** Heads over the last four layers, which BERT's paper found best among its features (Devlin et al. 2019, table 7). */
import { tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';
import { meanOfLayers } from './mean-of-layers.ts';

const count = 4;

interface LastLayersHead extends Pick<HeadKind, 'description'> {
  name: string;
  /** Makes one state of the four: [batch, tokens, hidden] each, to [batch, tokens, features]. */
  join: (states: readonly tf.SymbolicTensor[], name: string) => tf.SymbolicTensor;
}

/** The registry's line for a head that joins the last four layers and gives the result to a head within. */
function lastLayersHead({ name, description, join }: LastLayersHead): HeadKind {
  return {
    syntax: `${name}[:<head>]`,
    description,
    source: 'Devlin et al. 2019',
    examples: [name, `${name}:cls`],
    create: (argument = 'mean', find) => {
      const inner = find(argument);
      return (inputs, layer) => {
        const layers = inputs.hiddenStates.slice(1);
        if (layers.length < count)
          throw new Error(
            `Head "${name}" reads the last ${count} layers; there are ${layers.length} besides the embeddings.`,
          );
        const joined = join(layers.slice(-count), layer);
        return inner.apply({ ...inputs, hiddenStates: [joined] }, `${layer}_head`);
      };
    },
  };
}

export const last4Mean = lastLayersHead({
  name: 'last-4-mean',
  description: 'the mean of the last four layers, then another head (mean, if none is named)',
  join: meanOfLayers,
});

export const last4Concat = lastLayersHead({
  name: 'last-4-concat',
  description:
    "the last four layers' features side by side for each token, then another head (mean, if none is named)",
  join: (states, name) => tf.layers.concatenate({ axis: -1, name }).apply([...states]) as tf.SymbolicTensor,
});
