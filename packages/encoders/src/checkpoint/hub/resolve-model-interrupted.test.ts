/** Downloads that break off, or bring something else. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
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
  onBytes = () => undefined;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  await rm(cacheFolder, { recursive: true });
});

/** Told of all bytes that have come. */
let onBytes: (loaded: number) => void;
const resolveIt = (model = tinyName) =>
  resolveModel(model, {
    cacheFolder,
    hubHost: hub.host,
    onProgress: ({ loadedBytes = 0 }) => onBytes(loadedBytes),
  });
const cached = () => join(cacheFolder, 'models', tinyName);

describe('resolveModel with a bad connection', () => {
  /** Has the CDN send `bytes` and then end, or break off once they have come. */
  const cdnSends = (bytes: Buffer, end: 'end' | 'destroy', headers: Record<string, number | string> = {}) => {
    hub.intercept = ({ url }, response) => {
      if (!url?.startsWith('/cdn')) return false;
      response.writeHead(200, headers);
      if (end === 'end') response.end(bytes);
      else response.write(bytes);
      onBytes = (loaded) => {
        if (end === 'destroy' && loaded === bytes.length) response.destroy();
      };
      return true;
    };
  };
  const small = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
  const sha256 = async () =>
    createHash('sha256')
      .update(await readFile(join(tiny, 'model.safetensors')))
      .digest('hex');
  const rest = async () => (await readdir(cached())).sort();
  /** What was there stays, and the weights are fetched, from the byte on that the range says. */
  const expectRest = async (range: string | undefined) => {
    hub.intercept = () => false;
    expect((await resolveIt()).origin).toBe('hub');
    expect(hub.requests.filter(({ url }) => url.endsWith('main/config.json'))).toHaveLength(1);
    expect(hub.requests.at(-1)).toMatchObject({ url: expect.stringMatching(/^\/cdn/), range });
    expect(await rest()).toEqual([...small, 'model.safetensors'].sort());
    const bytes = await readFile(join(cached(), 'model.safetensors'));
    expect(bytes.equals(await readFile(join(tiny, 'model.safetensors')))).toBe(true);
  };
  const half = async () => (await readFile(join(tiny, 'model.safetensors'))).subarray(0, 50_000);

  it('leaves no half-written file by its name when the connection is cut, and goes on later', async () => {
    cdnSends(await half(), 'destroy', { 'content-length': 96248 });
    await expect(resolveIt()).rejects.toThrow(/broke off the download of http:.*model.safetensors/);
    const part = `model.safetensors.${(await sha256()).slice(0, 16)}.free.part`;
    expect(await rest()).toEqual([...small, part].sort());
    expect((await readFile(join(cached(), part))).equals(await half())).toBe(true);
    await expectRest('bytes=50000-');
  });

  it('goes on with what a process left that was killed, but not with what one still writes', async () => {
    await resolveIt();
    await rm(join(cached(), 'model.safetensors'));
    const host = hostname().replace(/[^A-Za-z0-9-]/g, '-');
    const { pid: ended } = spawnSync(process.execPath, ['--version']);
    const part = async (pid: number, bytes: Buffer) => {
      const name = `model.safetensors.${(await sha256()).slice(0, 16)}.${host}.${pid}.x.part`;
      await writeFile(join(cached(), name), bytes);
      return name;
    };
    const alive = await part(process.ppid, Buffer.alloc(60_000));
    await part(ended, (await half()).subarray(0, 40_000));
    expect((await resolveIt()).origin).toBe('hub');
    expect(hub.requests.at(-1)!.range).toBe('bytes=40000-');
    expect(await rest()).toEqual([...small, alive, 'model.safetensors'].sort());
  });

  it('starts anew where the server sends no parts', async () => {
    cdnSends(await half(), 'destroy', { 'content-length': 96248 });
    await expect(resolveIt()).rejects.toThrow(/broke off/);
    const all = await readFile(join(tiny, 'model.safetensors'));
    cdnSends(all, 'end', { 'content-length': 96248 });
    expect((await resolveIt()).origin).toBe('hub');
    expect((await readFile(join(cached(), 'model.safetensors'))).equals(all)).toBe(true);
  });

  it('starts anew after a part that was wrong', async () => {
    cdnSends(Buffer.alloc(50_000), 'destroy', { 'content-length': 96248 });
    await expect(resolveIt()).rejects.toThrow(/broke off/);
    hub.intercept = () => false;
    await expect(resolveIt()).rejects.toThrow(/sent bytes whose SHA-256 is not the announced/);
    expect(await rest()).toEqual(small);
    await expectRest(undefined);
  });

  it('notices a body that is shorter than the hub announced', async () => {
    cdnSends(await half(), 'end');
    await expect(resolveIt()).rejects.toThrow(/sent 50000 bytes and had announced 96248/);
    await expectRest('bytes=50000-');
  });

  it('notices a body with the right length and the wrong bytes', async () => {
    cdnSends(Buffer.alloc(96248), 'end');
    await expect(resolveIt()).rejects.toThrow(/sent bytes whose SHA-256 is not the announced [0-9a-f]{64}/);
    expect(await rest()).toEqual(small);
    await expectRest(undefined);
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
