/** What heads read of a loaded encoder. */
import type { LoadedEncoder } from '@foldwise/encoders';
import type { HeadInputs } from '@foldwise/heads';

/** `seed` is that of the weights that heads add. */
export function headInputs({ model, pooler }: LoadedEncoder, seed = 0): HeadInputs {
  return { hiddenStates: model.outputs, mask: model.inputs[1]!, pooler, seed };
}
