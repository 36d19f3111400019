import { describe, expect, it } from 'vitest';
import { chooseEngine } from './choose-engine.ts';

describe('chooseEngine', () => {
  it('leaves the choice to what can be had', () => {
    expect(chooseEngine(undefined, {}).engine).toBe('auto');
  });

  it('follows the environment, and says so', () => {
    expect(chooseEngine('auto', { FOLDWISE_ENGINE: 'wasm' })).toEqual({
      engine: 'wasm',
      reason: 'FOLDWISE_ENGINE is "wasm"; leave it out to use TensorFlow.',
    });
  });

  it('follows the code before the environment', () => {
    expect(chooseEngine('tensorflow', { FOLDWISE_ENGINE: 'wasm' }).engine).toBe('tensorflow');
  });

  it('takes a library of choice for the wish to use it', () => {
    expect(chooseEngine('auto', { FOLDWISE_TENSORFLOW: '/lib' }).engine).toBe('tensorflow');
    expect(chooseEngine('auto', { FOLDWISE_TENSORFLOW: '/lib', FOLDWISE_ENGINE: 'wasm' }).engine).toBe(
      'wasm',
    );
  });

  it('refuses an unknown engine', () => {
    expect(() => chooseEngine('auto', { FOLDWISE_ENGINE: 'gpu' })).toThrow(
      'FOLDWISE_ENGINE is "gpu"; expected auto, tensorflow, wasm, or leave it out.',
    );
  });
});
