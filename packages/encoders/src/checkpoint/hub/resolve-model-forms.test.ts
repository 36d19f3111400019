/** Checkpoints on the hub in their published forms, and revisions. */
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHub, tiny, tinyName, type TestHub } from '../../testing/test-hub.ts';
import { resolveModel } from './resolve-model.ts';

const published = join(import.meta.dirname, '../../../fixtures/published');
let folder: string;
let cacheFolder: string;
let hub: TestHub;

beforeEach(async () => {
  vi.stubEnv('HF_TOKEN', '');
  vi.stubEnv('HF_HUB_OFFLINE', '');
  folder = await mkdtemp(join(tmpdir(), 'resolve-model-'));
  cacheFolder = join(folder, 'cache');
  hub = await startTestHub();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  await rm(folder, { recursive: true });
});

const resolveIt = (model: string) => resolveModel(model, { cacheFolder, hubHost: hub.host });
/** A folder of the hub with the weights of a form, and the tokenizer in the files that are named. */
async function publish(form: string, tokenizer: readonly string[]): Promise<string> {
  const source = join(folder, form);
  await cp(join(published, form), source, { recursive: true });
  for (const name of tokenizer) await writeFile(join(source, name), '{}');
  hub.models['someone/model'] = { main: source };
  return source;
}

describe('resolveModel', () => {
  it.each(['pytorch', 'sharded-safetensors', 'sharded-pytorch'])(
    'downloads all files of the form %s, then takes the cache',
    async (form) => {
      const source = await publish(form, ['tokenizer.json']);
      const resolved = await resolveIt('someone/model');
      expect(resolved).toEqual({ folder: join(cacheFolder, 'models/someone/model'), origin: 'hub' });
      expect((await readdir(resolved.folder)).sort()).toEqual((await readdir(source)).sort());
      hub.requests.length = 0;
      expect(await resolveIt('someone/model')).toEqual({ ...resolved, origin: 'cache' });
      expect(hub.requests).toEqual([]);
    },
  );

  it('takes safetensors where there are both', async () => {
    const source = await publish('safetensors', ['tokenizer.json']);
    await cp(join(published, 'pytorch/pytorch_model.bin'), join(source, 'pytorch_model.bin'));
    const resolved = await resolveIt('someone/model');
    expect((await readdir(resolved.folder)).sort()).toEqual([
      'config.json',
      'model.safetensors',
      'tokenizer.json',
    ]);
  });

  it('goes on with the shards that are missing', async () => {
    await publish('sharded-pytorch', ['tokenizer.json']);
    const { folder: cached } = await resolveIt('someone/model');
    await rm(join(cached, 'pytorch_model-00002-of-00002.bin'));
    hub.requests.length = 0;
    expect((await resolveIt('someone/model')).origin).toBe('hub');
    const files = hub.requests.map(({ url }) => /resolve\/main\/(.+)/.exec(url)?.[1] ?? '');
    expect(files.filter((file) => file.startsWith('pytorch_model'))).toEqual([
      'pytorch_model-00002-of-00002.bin',
    ]);
    await rm(join(cached, 'pytorch_model-00001-of-00002.bin'));
    await expect(resolveIt(cached)).rejects.toThrow(
      `The model folder ${cached} lacks pytorch_model-00001-of-00002.bin`,
    );
  });

  it('takes the vocabulary where there is no tokenizer.json', async () => {
    const files = ['vocab.json', 'merges.txt', 'special_tokens_map.json'];
    await publish('pytorch', files);
    const resolved = await resolveIt('someone/model');
    expect((await readdir(resolved.folder)).sort()).toEqual(
      ['config.json', 'pytorch_model.bin', ...files].sort(),
    );
  });

  it('says that there is no tokenizer, or no weights, in any form', async () => {
    const source = await publish('pytorch', []);
    await expect(resolveIt('someone/model')).rejects.toThrow(
      /there is no tokenizer.json in someone\/model \(HTTP 404 for http.*\), nor spm.model, /,
    );
    await writeFile(join(source, 'spm.model'), '');
    await rm(join(source, 'pytorch_model.bin'));
    await expect(resolveIt('someone/model')).rejects.toThrow(
      /there is no model.safetensors in someone\/model \(HTTP 404 for http.*\), nor model.safetensors.index.json, pytorch_model.bin, pytorch_model.bin.index.json/,
    );
  });

  it('keeps revisions apart, as transformers.js does', async () => {
    const revision = join(folder, 'revision');
    await cp(tiny, revision, { recursive: true });
    await writeFile(join(revision, 'tokenizer_config.json'), '{"revision": 2}');
    hub.models[tinyName] = { main: tiny, 'refs/pr/1': revision, v2: revision };
    const main = join(cacheFolder, 'models', tinyName);
    expect(await resolveIt(`${tinyName}@refs/pr/1`)).toEqual({
      folder: join(main, 'refs/pr/1'),
      origin: 'hub',
    });
    expect(hub.requests[0]!.url).toBe(`/${tinyName}/resolve/refs%2Fpr%2F1/config.json`);
    expect(await resolveIt(`${tinyName}@v2`)).toEqual({ folder: join(main, 'v2'), origin: 'hub' });
    expect(await resolveIt(`${tinyName}@main`)).toEqual({ folder: main, origin: 'hub' });
    expect(await resolveIt(tinyName)).toEqual({ folder: main, origin: 'cache' });
    await expect(resolveIt(`${tinyName}@v3`)).rejects.toThrow(
      `there is no revision ${tinyName}@v3 (HTTP 404`,
    );
    await expect(resolveIt(`${tinyName}@../x`)).rejects.toThrow("is not a model's name");
  });

  it('says that a model asks for consent', async () => {
    hub.intercept = (_, response) => {
      response.writeHead(403, { 'x-error-code': 'GatedRepo' }).end();
      return true;
    };
    await expect(resolveIt(tinyName)).rejects.toThrow(
      `the authors of ${tinyName} ask for consent: give it on the model's page, and set HF_TOKEN (HTTP 403`,
    );
  });

  it('takes the hub of HF_ENDPOINT, and no hub where HF_HUB_OFFLINE is on', async () => {
    vi.stubEnv('HF_ENDPOINT', `${hub.host}/`);
    vi.stubEnv('HF_HUB_OFFLINE', 'True');
    await expect(resolveModel(tinyName, { cacheFolder })).rejects.toThrow('the offline mode is on');
    expect(hub.requests).toEqual([]);
    vi.stubEnv('HF_HUB_OFFLINE', '0');
    expect((await resolveModel(tinyName, { cacheFolder })).origin).toBe('hub');
  });
});
