/** What heads read of a loaded encoder. */
import type { LoadedEncoder } from '@foldwise/encoders';
import type { HeadInputs } from '@foldwise/heads';

export function headInputs({ model }: LoadedEncoder): HeadInputs {
  return { hiddenStates: model.outputs, mask: model.inputs[1]! };
}
