import { afterEach, describe, expect, it, vi } from 'vitest';
import { engineReport } from './engine-report.ts';

afterEach(() => vi.unstubAllEnvs());

describe('engineReport', () => {
  it('says what was forced by the environment, and starts nothing', async () => {
    vi.stubEnv('FOLDWISE_ENGINE', 'wasm');
    const report = await engineReport();
    expect(report).toMatchObject({ engine: 'wasm', threads: 1, devices: [], version: undefined });
    expect(report.reason).toBe('FOLDWISE_ENGINE is "wasm"; leave it out to use TensorFlow.');
    expect(report.advice).toContain(report.reason);
  });

  it('tells of an unknown engine without throwing', async () => {
    vi.stubEnv('FOLDWISE_ENGINE', 'gpu');
    const { reason, advice } = await engineReport();
    expect(reason).toMatch('FOLDWISE_ENGINE is "gpu"; expected auto, tensorflow, wasm');
    expect(advice).toContain(reason);
  });

  it('tells what TensorFlow runs on', async () => {
    const report = await engineReport();
    expect(report).toMatchObject({ engine: 'tensorflow', reason: undefined, threads: report.cpu.cores });
    expect(report.kernels).toMatchObject({ library: expect.stringContaining('libfoldwise') as unknown });
    expect(report.version).toMatch(/^2\.\d+\.\d+$/);
    expect(report.devices).toContainEqual({ name: expect.stringContaining('CPU:0') as unknown, type: 'CPU' });
    const { bytesInUse, peakBytes, totalBytes } = report.memory;
    expect(bytesInUse).toBeGreaterThan(0);
    expect(peakBytes).toBeGreaterThanOrEqual(bytesInUse);
    expect(totalBytes).toBeGreaterThan(bytesInUse);
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ cpu: { cores: report.cpu.cores } });
  });
});
