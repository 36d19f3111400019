import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
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

describe('resolveModel', () => {
  it('takes a complete folder as it is', async () => {
    expect(await resolveIt(tiny)).toEqual({ folder: tiny, origin: 'folder' });
    expect(hub.requests).toEqual([]);
  });

  it('says what a folder lacks', async () => {
    const folder = join(cacheFolder, 'mine');
    await mkdir(folder);
    await cp(join(tiny, 'config.json'), join(folder, 'config.json'));
    await expect(resolveIt(folder)).rejects.toThrow(
      `The model folder ${folder} lacks tokenizer.json, model.safetensors`,
    );
  });

  it('refuses what is neither a folder nor a name', async () => {
    await expect(resolveIt('../../x')).rejects.toThrow(/"..\/..\/x" is not a model's name/);
    await expect(resolveIt('a/../b')).rejects.toThrow(/is not a model's name/);
    expect(hub.requests).toEqual([]);
  });

  it('downloads from the hub into the layout of transformers.js, then takes the cache', async () => {
    expect(await resolveIt()).toEqual({ folder: cached(), origin: 'hub' });
    const files = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];
    expect((await readdir(cached())).sort()).toEqual(files);
    for (const file of files) {
      expect((await readFile(join(cached(), file))).equals(await readFile(join(tiny, file)))).toBe(true);
    }
    hub.requests.length = 0;
    expect(await resolveIt()).toEqual({ folder: cached(), origin: 'cache' });
    expect(hub.requests).toEqual([]);
  });

  it('tells how far a download is', async () => {
    const seen: object[] = [];
    await resolveModel(tinyName, {
      cacheFolder,
      hubHost: hub.host,
      onProgress: (progress) => seen.push(progress),
    });
    const message = `Downloading ${tinyName}/model.safetensors from ${hub.host}`;
    expect(seen).toContainEqual({ message });
    expect(seen.at(-1)).toEqual({ message, loadedBytes: 96248, totalBytes: 96248 });
  });

  it('does without the files that a model need not have', async () => {
    hub.intercept = ({ url }, response) => {
      if (!url?.endsWith('tokenizer_config.json')) return false;
      response.writeHead(404).end();
      return true;
    };
    expect((await resolveIt()).origin).toBe('hub');
    expect(await readdir(cached())).toHaveLength(3);
  });

  it('sends the token to the hub, but not to another host', async () => {
    vi.stubEnv('HF_TOKEN', 'secret');
    hub.intercept = ({ url, headers }, response) => {
      if (
        !url?.startsWith('/someone') ||
        !url.endsWith('.safetensors') ||
        headers.host?.startsWith('localhost')
      )
        return false;
      response
        .writeHead(302, { location: `${hub.host.replace('127.0.0.1', 'localhost')}/cdn/model.safetensors` })
        .end();
      return true;
    };
    await hub.listenEverywhere();
    await resolveIt();
    expect(hub.requests.map(({ authorization }) => authorization)).toEqual([
      ...Array<string>(4).fill('Bearer secret'),
      undefined,
    ]);
  });

  it('lists every place and why it failed', async () => {
    await expect(resolveIt('someone/else')).rejects.toThrow(
      [
        'Found no model "someone/else". Tried:',
        `  - folder ${join(process.cwd(), 'someone/else')}: does not exist`,
        `  - cache ${join(cacheFolder, 'models/someone/else')}: does not exist`,
        `  - hub ${hub.host}: there is no model someone/else, or it is not public: check the name, or set HF_TOKEN (HTTP 401 for ${hub.host}/someone/else/resolve/main/config.json)`,
      ].join('\n'),
    );
  });

  it('names the file that a model lacks', async () => {
    hub.intercept = ({ url }, response) => {
      if (!url?.endsWith('main/model.safetensors')) return false;
      response.writeHead(404).end();
      return true;
    };
    await expect(resolveIt()).rejects.toThrow(
      /there is no model.safetensors in someone\/tiny-bert \(HTTP 404/,
    );
  });

  it('asks nobody when offline', async () => {
    await expect(resolveModel(tinyName, { cacheFolder, hubHost: hub.host, offline: true })).rejects.toThrow(
      'downloads: none tried, since the offline mode is on',
    );
    expect(hub.requests).toEqual([]);
  });

  it('says that the hub cannot be reached', async () => {
    await hub.close();
    await expect(resolveIt()).rejects.toThrow(
      /hub http:.*: cannot reach 127.0.0.1:\d+ \(connect ECONNREFUSED/,
    );
  });
});
