/** Which engine is asked for: by the code, else by the environment. */

export type EngineChoice = 'auto' | 'tensorflow' | 'wasm';

const choices: readonly EngineChoice[] = ['auto', 'tensorflow', 'wasm'];

/**
 * The engine to start, and why, for people. A `FOLDWISE_TENSORFLOW` asks for TensorFlow: nothing takes its place.
 * @throws if the choice, or `FOLDWISE_ENGINE`, names no engine.
 */
export function chooseEngine(
  asked: EngineChoice = 'auto',
  environment: NodeJS.ProcessEnv = process.env,
): { engine: EngineChoice; reason: string } {
  const [named, where] =
    asked === 'auto' ? [environment['FOLDWISE_ENGINE'] || 'auto', 'FOLDWISE_ENGINE'] : [asked, 'engine'];
  const engine = choices.find((choice) => choice === named);
  if (!engine) throw new Error(`${where} is "${named}"; expected ${choices.join(', ')}, or leave it out.`);
  if (asked !== 'auto') return { engine, reason: `The engine "${engine}" was asked for.` };
  if (engine === 'auto' && environment['FOLDWISE_TENSORFLOW'])
    return { engine: 'tensorflow', reason: 'FOLDWISE_TENSORFLOW is set.' };
  return { engine, reason: `FOLDWISE_ENGINE is "${engine}"; leave it out to use TensorFlow.` };
}
