/** Where the epochs of a fold that is not done are kept. */
import { join } from 'node:path';

/** @param folder the run's; the name is hidden, and no leftover of `trainRunFold` */
export function epochsFolder(folder: string, fold: number): string {
  return join(folder, `.epochs-${fold}`);
}
