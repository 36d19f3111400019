/** Heads over the last four layers, which BERT's paper found best among its features (Devlin et al. 2019, table 7). */
import type { tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';

const count = 4;

export interface LastLayersHead extends Pick<HeadKind, 'description'> {
  name: string;
  /** Makes one state of the four: [batch, tokens, hidden] each, to [batch, tokens, features]. */
  join: (states: readonly tf.SymbolicTensor[], name: string) => tf.SymbolicTensor;
}

/** The registry's line for a head that joins the last four layers and gives the result to a head within. */
export function lastLayersHead({ name, description, join }: LastLayersHead): HeadKind {
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
