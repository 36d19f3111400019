/** A server that gives tiny-bert as the hub does, for tests of downloads. */
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
  requests: { url: string; authorization: string | undefined }[];
  /** Answers before the hub does where it returns true. */
  intercept: (...parameters: Parameters<RequestListener>) => boolean;
  /** Listens on all addresses of this machine in place of one. */
  listenEverywhere: () => Promise<void>;
  /** Closes it; once more does nothing. */
  close: () => Promise<void>;
}

export async function startTestHub(): Promise<TestHub> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? '';
    hub.requests.push({ url, authorization: request.headers.authorization });
    if (!hub.intercept(request, response)) await serve(url, response);
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
async function serve(url: string, response: ServerResponse): Promise<void> {
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
}
