import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineOptions } from './engine-options.ts';
import { startEngine } from './start-engine.ts';

afterEach(() => vi.unstubAllEnvs());

const running: EngineOptions = {
  engine: 'tensorflow',
  device: 'cpu',
  threads: 1,
  interOpThreads: 2,
  memory: { growth: true },
};

// In this order: the first that starts, stays.
describe('startEngine, called again', () => {
  it('while a start goes on that fails for its own options, starts with others', async () => {
    const failing = startEngine({ device: 'gpu:99' });
    const same = startEngine({ device: 'gpu:99' });
    const other = startEngine(running);
    await expect(failing).rejects.toThrow('There is no device "gpu:99" here');
    await expect(same).rejects.toThrow('There is no device "gpu:99" here');
    expect(await other).toMatchObject({ name: 'tensorflow', threads: 1, interOpThreads: 2 });
  });

  it.each<EngineOptions>([
    {},
    running,
    { engine: 'auto', device: 'auto', memory: {} },
    { threads: 1 },
    { memory: { growth: true }, onProgress: () => undefined },
  ])('gives the same engine for no options or equal ones: %j', async (options) => {
    const engine = await startEngine();
    expect(await startEngine(options)).toBe(engine);
  });

  it.each<[EngineOptions, string]>([
    [{ engine: 'wasm' }, 'engine is "wasm", but the engine already runs with "tensorflow"'],
    [{ threads: 3 }, 'threads is 3, but the engine already runs with 1'],
    [{ interOpThreads: 1 }, 'interOpThreads is 1, but the engine already runs with 2'],
    [{ device: 'gpu' }, 'device is "gpu:0", but the engine already runs with "cpu"'],
    [
      { memory: { limitBytes: 2 ** 28 } },
      'memory.limitBytes is 268435456, but the engine already runs with none',
    ],
    [{ memory: { growth: false } }, 'memory.growth is false, but the engine already runs with true'],
  ])('refuses other options: %j', async (options, message) => {
    await expect(startEngine(options)).rejects.toThrow(message);
  });

  it('says what to do', async () => {
    await expect(startEngine({ threads: 3 })).rejects.toThrow(
      /A process has one engine: leave threads out, or start another process for it\.$/,
    );
  });

  it.each<[object, string]>([
    [{ threads: -5 }, 'threads is -5; expected a whole number of at least 1.'],
    [{ device: 'nonsense' }, 'device is "nonsense"; expected auto, cpu, gpu or gpu:N'],
    [{ engine: 'nonsense' }, 'engine is "nonsense"; expected auto, tensorflow, wasm, or leave it out.'],
    [{ memory: { growth: 'yes' } }, 'memory.growth is "yes"; expected true or false.'],
    [{ thread: 1 }, 'startEngine has no option "thread"; expected engine, threads,'],
    [{ memory: { limit: 1 } }, 'startEngine has no option memory "limit"; expected limitBytes, growth.'],
  ])('refuses what is no option: %j', async (options, message) => {
    await expect(startEngine(options as EngineOptions)).rejects.toThrow(message);
  });
});

describe('startEngine, called while the engine starts', () => {
  it('refuses other options just the same, and gives the same engine for equal ones', async () => {
    vi.stubEnv('FOLDWISE_ENGINE', 'wasm');
    vi.resetModules();
    const { startEngine: start } = await import('./start-engine.ts');
    const first = start({ threads: 2 });
    const [equal, none, other] = [start({ threads: 2 }), start(), start({ threads: 4 })];
    await expect(other).rejects.toThrow('threads is 4, but the engine already runs with 1.');
    expect(await equal).toBe(await first);
    expect(await none).toBe(await first);
    // What the engine has is no other option.
    expect(await start({ threads: 1 })).toBe(await first);
  });
});
