/** Which engine is asked for: by the code, else by the environment. */

export type EngineChoice = 'auto' | 'tensorflow' | 'wasm';

const choices: readonly EngineChoice[] = ['auto', 'tensorflow', 'wasm'];

/** The engine to start, and why, for people. @throws if `FOLDWISE_ENGINE` names none. */
export function chooseEngine(
  asked: EngineChoice = 'auto',
  environment = process.env['FOLDWISE_ENGINE'] || 'auto',
): { engine: EngineChoice; reason: string } {
  if (asked !== 'auto') return { engine: asked, reason: `The engine "${asked}" was asked for.` };
  const engine = choices.find((choice) => choice === environment);
  if (!engine)
    throw new Error(`FOLDWISE_ENGINE is "${environment}"; expected ${choices.join(', ')}, or leave it out.`);
  return { engine, reason: `FOLDWISE_ENGINE is "${engine}"; leave it out to use TensorFlow.` };
}
