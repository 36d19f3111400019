import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadFile } from './download-file.ts';

describe('downloadFile from a server that falls silent', () => {
  let folder: string;
  let server: Server;
  let url: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'download-file-'));
    server = createServer((request, response) => {
      if (request.url === '/pause') response.writeHead(200, { 'content-length': 10 }).write('half');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  it('gives up when no answer comes', async () => {
    const options = { answerMs: 50, silenceMs: 60_000 };
    await expect(downloadFile(`${url}/never`, join(folder, 'x'), options)).rejects.toThrow(
      `no answer from ${url.slice(7)} for 0.05 s`,
    );
  });

  it('gives up when the data stops, and leaves nothing behind', async () => {
    const options = { answerMs: 60_000, silenceMs: 50 };
    await expect(downloadFile(`${url}/pause`, join(folder, 'x'), options)).rejects.toThrow(
      `no data from ${url.slice(7)} for 0.05 s`,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});
