/** A web server for tests, as plain as those that people use. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface FolderServer {
  /** With a slash at its end. */
  address: string;
  /** The paths that were asked for, in order. */
  requests: string[];
  stop: () => Promise<void>;
}

/** @param headers sent with every file */
export async function serveFolder(
  folder: string,
  headers: Record<string, string> = {},
): Promise<FolderServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    requests.push(pathname);
    const path = normalize(pathname === '/' ? '/index.html' : pathname);
    const file = createReadStream(join(folder, path));
    file.on('error', () => response.writeHead(404).end());
    file.on('open', () => {
      response.writeHead(200, {
        'Content-Type': types[extname(path)] ?? 'application/octet-stream',
        ...headers,
      });
      file.pipe(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
