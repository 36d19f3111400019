/** Gets what a model runs on: the encoder's files and the engine, downloaded where they are not here yet. */
import { join } from 'node:path';
import type { Engine, EngineOptions } from '@foldwise/tensorflow';
import type { EngineRecord } from '@foldwise/runs';
import type { Listeners } from '../options/events.ts';

/**
 * @param encoder a folder, or a model's name on the hub
 * @returns the folder of the encoder's files, one where its token ids are kept, and the engine, which is started then
 */
export async function prepareModel(
  encoder: string,
  options: EngineOptions,
  { signal, onProgress, onNote }: Listeners,
): Promise<{ model: string; tokenCache: string; engine: EngineRecord }> {
  const { startEngine } = await import('@foldwise/tensorflow');
  const { cacheFolder } = await import('@foldwise/tensorflow/library');
  const { resolveModel } = await import('@foldwise/encoders');
  const { folder: model } = await resolveModel(encoder, {
    cacheFolder: cacheFolder(),
    onProgress: ({ message, loadedBytes, totalBytes }) =>
      totalBytes
        ? onProgress?.({ kind: 'work', what: message, done: loadedBytes ?? 0, total: totalBytes })
        : onNote?.(message),
  });
  signal?.throwIfAborted();
  const engine = await startEngine({
    ...options,
    onProgress: ({ phase, what, done, total }) =>
      onProgress?.({ kind: 'work', what: `${phase} ${what}`, done, total: total ?? 0 }),
  });
  if (engine.name === 'wasm') onNote?.(engine.reason);
  return { model, tokenCache: join(cacheFolder(), 'tokens'), engine: describeEngine(engine) };
}

function describeEngine(engine: Engine): EngineRecord {
  const { name, version, threads } = engine;
  const devices = engine.name === 'tensorflow' ? engine.devices : [];
  const device = devices.find(({ type }) => type !== 'CPU')?.name ?? 'CPU';
  return { name, version, device, threads };
}
