/** The options of the commands that compute: what they compute on. */
import type { TrainFoldOptions } from 'foldwise';
import { UsageError } from 'foldwise/usage-error';
import type { Options } from 'yargs';
import type { Arguments } from '../commands/command.ts';

export const engineFlags = {
  threads: { type: 'string', requiresArg: true, describe: 'threads of the engine; default: all cores' },
  device: {
    type: 'string',
    requiresArg: true,
    describe: 'what TensorFlow computes on: cpu, gpu, gpu:1 …; default: a GPU where there is one',
  },
  engine: {
    choices: ['auto', 'tensorflow', 'wasm'],
    describe: 'what computes; default: TensorFlow where it can be had',
  },
} satisfies Record<string, Options>;

/** @throws UsageError for values that the engine does not know */
export function engineOptions({
  engine,
  threads,
  device,
}: Arguments): Pick<TrainFoldOptions, 'engine' | 'threads' | 'device'> {
  if (threads !== undefined && !/^[1-9]\d*$/.test(String(threads)))
    throw new UsageError(`--threads: expected a whole number of at least 1, got "${threads}"`);
  if (device !== undefined && !/^(auto|cpu|gpu(:\d+)?)$/.test(String(device)))
    throw new UsageError(`--device: expected cpu, gpu, gpu:0, gpu:1 and so on, or auto, got "${device}"`);
  return {
    engine: engine as TrainFoldOptions['engine'],
    threads: threads === undefined ? undefined : Number(threads),
    device: device as TrainFoldOptions['device'],
  };
}
