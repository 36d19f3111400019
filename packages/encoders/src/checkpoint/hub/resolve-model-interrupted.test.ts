/** Downloads that break off, or bring something else. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHub, tiny, tinyName, type TestHub } from '../../testing/test-hub.ts';
import { resolveModel } from './resolve-model.ts';

let cacheFolder: string;
let hub: TestHub;

beforeEach(async () => {
  vi.stubEnv('HF_TOKEN', '');
  vi.stubEnv('HF_HUB_OFFLINE', '');
  cacheFolder = await mkdtemp(join(tmpdir(), 'resolve-model-'));
  hub = await startTestHub();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  await rm(cacheFolder, { recursive: true });
});

const resolveIt = (model = tinyName) => resolveModel(model, { cacheFolder, hubHost: hub.host });
const cached = () => join(cacheFolder, 'models', tinyName);

describe('resolveModel with a bad connection', () => {
  /** Has the CDN send `bytes` and then end or break off. */
  const cdnSends = (bytes: Buffer, end: 'end' | 'destroy', headers: Record<string, number | string> = {}) => {
    hub.intercept = ({ url }, response) => {
      if (!url?.startsWith('/cdn')) return false;
      response.writeHead(200, headers);
      response.write(bytes, () => response[end]());
      return true;
    };
  };
  const expectRest = async () => {
    expect((await readdir(cached())).sort()).toEqual([
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    hub.intercept = () => false;
    expect((await resolveIt()).origin).toBe('hub');
    expect(hub.requests.filter(({ url }) => url.endsWith('main/config.json'))).toHaveLength(1);
  };

  it('leaves no half-written file when the connection is cut, and goes on later', async () => {
    const half = (await readFile(join(tiny, 'model.safetensors'))).subarray(0, 50_000);
    cdnSends(half, 'destroy', { 'content-length': 96248 });
    await expect(resolveIt()).rejects.toThrow(/broke off the download of http:.*model.safetensors/);
    await expectRest();
  });

  it('notices a body that is shorter than the hub announced', async () => {
    const half = (await readFile(join(tiny, 'model.safetensors'))).subarray(0, 50_000);
    cdnSends(half, 'end');
    await expect(resolveIt()).rejects.toThrow(/sent 50000 bytes and had announced 96248/);
    await expectRest();
  });

  it('notices a body with the right length and the wrong bytes', async () => {
    cdnSends(Buffer.alloc(96248), 'end');
    await expect(resolveIt()).rejects.toThrow(/sent bytes whose SHA-256 is not the announced [0-9a-f]{64}/);
    await expectRest();
  });

  it('notices the login page of a network', async () => {
    hub.intercept = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html></html>');
      return true;
    };
    await expect(resolveIt()).rejects.toThrow(/answered with a web page/);
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('does not follow redirects for ever', async () => {
    hub.intercept = ({ url }, response) => {
      response.writeHead(302, { location: url }).end();
      return true;
    };
    await expect(resolveIt()).rejects.toThrow(/redirects more than 8 times/);
  });
});
