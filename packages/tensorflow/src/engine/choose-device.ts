/** Which device TensorFlow is to compute on: by the code, else by the environment. */

/** `gpu` is the first GPU, `gpu:N` the one with that number, from 0; neither lets anything take its place. */
export type DeviceChoice = 'auto' | 'cpu' | 'gpu' | `gpu:${number}`;

/** @throws if the choice, or `FOLDWISE_DEVICE`, which decides where it is `auto`, names no device. */
export function chooseDevice(
  asked: DeviceChoice = 'auto',
  environment: NodeJS.ProcessEnv = process.env,
): DeviceChoice {
  const named = environment['FOLDWISE_DEVICE'] || 'auto';
  const [choice, where] = asked === 'auto' ? [named, 'FOLDWISE_DEVICE'] : [asked, 'device'];
  if (!/^(auto|cpu|gpu|gpu:\d{1,4})$/.test(choice))
    throw new Error(`${where} is "${choice}"; expected auto, cpu, gpu or gpu:N with N from 0.`);
  return choice as DeviceChoice;
}

/** The number of the GPU that a choice asks for, from 0; undefined where it asks for none. */
export function gpuNumber(choice: DeviceChoice): number | undefined {
  if (!choice.startsWith('gpu')) return undefined;
  return Number(choice.split(':')[1] ?? 0);
}
