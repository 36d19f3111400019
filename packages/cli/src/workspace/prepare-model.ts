/** Gets what a model runs on: the encoder's files and the engine, downloaded where they are not here yet. */
import { join } from 'node:path';
import type { Engine, EngineOptions } from '@foldwise/tensorflow';
import type { EngineRecord } from '@foldwise/runs';
import type { Context } from '../commands/command.ts';

/**
 * @param encoder a folder, or a model's name on the hub
 * @returns the folder of the encoder's files, one where its token ids are kept, and the engine, which is started then
 */
export async function prepareModel(
  encoder: string,
  options: EngineOptions,
  { progress, signal }: Pick<Context, 'progress' | 'signal'>,
): Promise<{ model: string; tokenCache: string; engine: EngineRecord }> {
  const { startEngine } = await import('@foldwise/tensorflow');
  const { cacheFolder } = await import('@foldwise/tensorflow/library');
  const { resolveModel } = await import('@foldwise/encoders');
  const { folder: model } = await resolveModel(encoder, {
    cacheFolder: cacheFolder(),
    onProgress: ({ message, loadedBytes, totalBytes }) =>
      totalBytes ? progress.update(message, loadedBytes ?? 0, totalBytes) : progress.note(message),
  });
  signal.throwIfAborted();
  const engine = await startEngine({
    ...options,
    onProgress: ({ phase, what, done, total }) => progress.update(`${phase} ${what}`, done, total ?? 0),
  });
  progress.stop();
  if (engine.name === 'wasm') progress.note(engine.reason);
  return { model, tokenCache: join(cacheFolder(), 'tokens'), engine: describeEngine(engine) };
}

function describeEngine(engine: Engine): EngineRecord {
  const { name, version, threads } = engine;
  const devices = engine.name === 'tensorflow' ? engine.devices : [];
  const device = devices.find(({ type }) => type !== 'CPU')?.name ?? 'CPU';
  return { name, version, device, threads };
}
