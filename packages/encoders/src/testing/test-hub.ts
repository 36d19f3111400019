/** A server that gives tiny-bert and what else it is told as the hub does, for tests of downloads. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export const tiny = join(import.meta.dirname, '../../fixtures/tiny-bert');
/** What the hub calls it. */
export const tinyName = 'someone/tiny-bert';

export interface TestHub {
  host: string;
  /** What was asked of it; a test may empty the list. */
  requests: { url: string; authorization: string | undefined; range: string | undefined }[];
  /** The folder of each revision of each model, by their names. */
  models: Record<string, Record<string, string>>;
  /** Answers before the hub does where it returns true. */
  intercept: (...parameters: Parameters<RequestListener>) => boolean;
  /** Listens on all addresses of this machine in place of one. */
  listenEverywhere: () => Promise<void>;
  /** Closes it; once more does nothing. */
  close: () => Promise<void>;
}

export async function startTestHub(): Promise<TestHub> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', headers } = request;
    hub.requests.push({ url, authorization: headers.authorization, range: headers.range });
    if (!hub.intercept(request, response)) await serve(request, response, hub.models);
  };
  const server = createServer((request, response) => void answer(request, response));
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hub: TestHub = {
    host: `http://127.0.0.1:${port}`,
    requests: [],
    models: { [tinyName]: { main: tiny } },
    intercept: () => false,
    listenEverywhere: async () => {
      await close();
      await new Promise<void>((resolve) => server.listen(port, resolve));
    },
    close,
  };
  return hub;
}

/** Weights by a redirect that announces size and hash, 401 for unknown models. */
async function serve(
  { url = '', headers }: IncomingMessage,
  response: ServerResponse,
  models: TestHub['models'],
): Promise<void> {
  const [path, from] = url.split('?from=');
  if (path!.startsWith('/cdn/')) {
    const folder = from === undefined ? tiny : decodeURIComponent(from);
    sendPart(await readFile(join(folder, path!.slice('/cdn/'.length))), headers.range, response);
    return;
  }
  const [, model, revision, file] = /^\/(.+)\/resolve\/([^/]+)\/(.+)$/.exec(url) ?? [];
  const revisions = model === undefined ? undefined : models[model];
  if (!revisions) {
    response.writeHead(401).end('Invalid username or password.');
    return;
  }
  const folder = revisions[decodeURIComponent(revision!)];
  if (folder === undefined || !(await readdir(folder)).includes(file!)) {
    const code = folder === undefined ? 'RevisionNotFound' : 'EntryNotFound';
    response.writeHead(404, { 'x-error-code': code }).end('not found');
    return;
  }
  const bytes = await readFile(join(folder, file!));
  if (/\.(safetensors|bin|model)$/.test(file!)) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    response
      .writeHead(302, {
        location: `/cdn/${file!}?from=${encodeURIComponent(folder)}`,
        'x-linked-size': bytes.length,
        'x-linked-etag': `"${sha256}"`,
      })
      .end('Found. Redirecting');
  } else {
    response.writeHead(200, { 'content-length': bytes.length, etag: '"0123"' }).end(bytes);
  }
}

/** All of the bytes, or those from where a range starts. */
function sendPart(bytes: Buffer, range: string | undefined, response: ServerResponse): void {
  const type = { 'content-type': 'binary/octet-stream' };
  const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const length = bytes.length - start;
  if (start === 0) response.writeHead(200, { ...type, 'content-length': length }).end(bytes);
  else if (length <= 0) response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
  else
    response
      .writeHead(206, {
        ...type,
        'content-length': length,
        'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
      })
      .end(bytes.subarray(start));
}
