import { describe, expect, it } from 'vitest';
import { chooseEngine } from './choose-engine.ts';

describe('chooseEngine', () => {
  it('leaves the choice to what can be had', () => {
    expect(chooseEngine(undefined, 'auto').engine).toBe('auto');
  });

  it('follows the environment, and says so', () => {
    expect(chooseEngine('auto', 'wasm')).toEqual({
      engine: 'wasm',
      reason: 'FOLDWISE_ENGINE is "wasm"; leave it out to use TensorFlow.',
    });
  });

  it('follows the code before the environment', () => {
    expect(chooseEngine('tensorflow', 'wasm').engine).toBe('tensorflow');
  });

  it('refuses an unknown engine', () => {
    expect(() => chooseEngine('auto', 'gpu')).toThrow(
      'FOLDWISE_ENGINE is "gpu"; expected auto, tensorflow, wasm, or leave it out.',
    );
  });
});
