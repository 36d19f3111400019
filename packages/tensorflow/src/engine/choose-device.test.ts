import { describe, expect, it } from 'vitest';
import { chooseDevice, gpuNumber, type DeviceChoice } from './choose-device.ts';

describe('chooseDevice', () => {
  it('leaves the choice to TensorFlow', () => {
    expect(chooseDevice(undefined, {})).toBe('auto');
  });

  it('follows the environment where the code does not say', () => {
    expect(chooseDevice('auto', { FOLDWISE_DEVICE: 'gpu:1' })).toBe('gpu:1');
    expect(chooseDevice('cpu', { FOLDWISE_DEVICE: 'gpu:1' })).toBe('cpu');
    expect(chooseDevice(undefined, { FOLDWISE_DEVICE: '' })).toBe('auto');
  });

  it('refuses what is no device, and says where it stands', () => {
    expect(() => chooseDevice(undefined, { FOLDWISE_DEVICE: 'tpu' })).toThrow(
      'FOLDWISE_DEVICE is "tpu"; expected auto, cpu, gpu or gpu:N with N from 0.',
    );
    for (const wrong of ['GPU', 'gpu:', 'gpu:-1', 'gpu:x', 'cpu:0', 'gpu:0,1'])
      expect(() => chooseDevice(wrong as DeviceChoice, {})).toThrow(`device is "${wrong}"; expected`);
  });
});

describe('gpuNumber', () => {
  it('counts from 0', () => {
    expect((['auto', 'cpu', 'gpu', 'gpu:0', 'gpu:12'] as const).map(gpuNumber)).toEqual([
      undefined,
      undefined,
      0,
      0,
      12,
    ]);
  });
});
