import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cacheFolder } from './cache-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

function on(platform: string, variables: Record<string, string | undefined>) {
  for (const name of ['FOLDWISE_CACHE', 'XDG_CACHE_HOME', 'LOCALAPPDATA']) vi.stubEnv(name, variables[name]);
  vi.stubGlobal('process', { ...process, platform, env: process.env });
}

describe('cacheFolder', () => {
  it('is FOLDWISE_CACHE, made absolute, on every platform', () => {
    on('darwin', { FOLDWISE_CACHE: 'here', XDG_CACHE_HOME: '/xdg' });
    expect(cacheFolder()).toBe(resolve('here'));
  });

  it('follows XDG on Linux', () => {
    on('linux', { XDG_CACHE_HOME: '/xdg' });
    expect(cacheFolder()).toBe(join('/xdg', 'foldwise'));
    on('linux', {});
    expect(cacheFolder()).toBe(join(homedir(), '.cache', 'foldwise'));
  });

  it('is the usual place on macOS and Windows', () => {
    on('darwin', {});
    expect(cacheFolder()).toBe(join(homedir(), 'Library', 'Caches', 'foldwise'));
    on('win32', { LOCALAPPDATA: '/local' });
    expect(cacheFolder()).toBe(join('/local', 'foldwise'));
  });
});
