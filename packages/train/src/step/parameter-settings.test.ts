import { describe, expect, it } from 'vitest';
import { groupSettings, plainSettings } from './parameter-settings.ts';

const kernel = { decay: true, group: 'encoder', depth: 2 };
const bias = { ...kernel, decay: false };
const head = { decay: true, group: 'head', depth: undefined };

describe('plainSettings', () => {
  it('lets all learn alike, and those decay that say so', () => {
    expect(plainSettings(kernel)).toEqual({});
    expect(plainSettings(bias)).toEqual({ decay: 0 });
  });
});

describe('groupSettings', () => {
  it('is the same where no group has settings of its own', () => {
    const settings = groupSettings({ lr: 1e-4 }, 6);
    for (const parameter of [kernel, bias, head])
      expect(settings(parameter)).toEqual(plainSettings(parameter));
  });

  it('gives each layer a share of the rate above it, the embeddings the least, and the head its own', () => {
    const settings = groupSettings({ lr: 2e-4, headLr: 1e-3, layerDecay: 0.5 }, 3);
    const rates = [0, 1, 2, 3].map((depth) => settings({ ...kernel, depth }).rate);
    // Of the last layer, which has the rate itself, none is told.
    expect(rates).toEqual([0.125, 0.25, 0.5, undefined]);
    expect(settings(head).rate).toBeCloseTo(5, 12);
    expect(settings({ ...bias, depth: 1 })).toEqual({ rate: 0.25, decay: 0 });
  });
});
