/** Refuses options that the engine of this process does not run with: nobody is to believe that they hold. */
import { gpuNumber } from './choose-device.ts';
import type { EngineOptions, Settings } from './engine-options.ts';
import type { Engine } from './engine.ts';

interface Option {
  name: string;
  asked: unknown;
  /** What the engine runs with. */
  now: unknown;
  /** What its start was asked for, which another engine may not have met, such as threads. */
  first?: unknown;
}

/** @throws naming the first option that differs from what `engine`, started with `settings`, runs with. */
export function refuseOtherOptions(options: EngineOptions, engine: Engine, settings: Settings): void {
  const different = optionsOf(options, engine, settings).find(
    ({ asked, now, first }) => asked !== undefined && asked !== 'auto' && asked !== now && asked !== first,
  );
  if (!different) return;
  const { name, asked, now } = different;
  throw new Error(
    `${name} is ${JSON.stringify(asked)}, but the engine already runs with ${now === undefined ? 'none' : JSON.stringify(now)}. ` +
      `A process has one engine: leave ${name} out, or start another process for it.`,
  );
}

function optionsOf({ memory = {}, ...options }: EngineOptions, engine: Engine, settings: Settings): Option[] {
  const native = engine.name === 'tensorflow' ? engine : undefined;
  const device = options.device && withNumber(options.device);
  const { limitBytes, growth = false } = settings.memory;
  return [
    { name: 'engine', asked: options.engine, now: engine.name },
    { name: 'threads', asked: options.threads, now: engine.threads, first: settings.threads },
    {
      name: 'interOpThreads',
      asked: options.interOpThreads,
      now: native?.interOpThreads ?? 1,
      first: settings.interOpThreads,
    },
    { name: 'device', asked: device, now: deviceOf(engine, settings) },
    { name: 'memory.limitBytes', asked: memory.limitBytes, now: limitBytes },
    { name: 'memory.growth', asked: memory.growth, now: growth },
  ];
}

/** The device that computes, whether it was asked for or found. */
function deviceOf(engine: Engine, { device }: Settings): string {
  if (device !== 'auto') return withNumber(device);
  const onGpu = engine.name === 'tensorflow' && engine.devices.some(({ type }) => type === 'GPU');
  return onGpu ? 'gpu:0' : 'cpu';
}

/** `gpu` is another name of `gpu:0`. */
function withNumber(device: Settings['device']): string {
  const gpu = gpuNumber(device);
  return gpu === undefined ? device : `gpu:${gpu}`;
}
