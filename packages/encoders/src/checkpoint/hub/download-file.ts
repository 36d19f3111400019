/** Downloads one file as a model hub serves it: redirects to a CDN, sizes and hashes in the headers. Leaves out resuming. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface DownloadOptions {
  /** Sent to the host of `url` only, never to where it redirects. */
  token?: string | undefined;
  /** How long to wait for the answer's headers, in milliseconds. */
  answerMs: number;
  /** How long the body may pause, in milliseconds. */
  silenceMs: number;
  /** `total` is 0 where the server does not say. */
  onBytes?: (loaded: number, total: number) => void;
}

/** The server answered, but not with the file. */
export class HttpError extends Error {
  readonly status: number;
  constructor(url: string, status: number) {
    super(`HTTP ${status} for ${url}`);
    this.status = status;
  }
}

/**
 * Downloads `url` to a temporary name beside `file`, checks size and SHA-256 as far as the server tells them, then
 * renames it, making the folder where it is absent: under its own name the file is whole or absent.
 *
 * @throws HttpError for any status but 200
 * @throws Error if the server cannot be reached, pauses too long, breaks off, or sends something else
 */
export async function downloadFile(url: string, file: string, options: DownloadOptions): Promise<void> {
  const abort = new AbortController();
  const giveUp = (after: number, what: string) =>
    setTimeout(
      () => abort.abort(new Error(`${what} from ${new URL(url).host} for ${after / 1000} s`)),
      after,
    );
  let timer = giveUp(options.answerMs, 'no answer');
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const { response, size, sha256 } = await request(url, options.token, abort.signal);
    clearTimeout(timer);
    timer = giveUp(options.silenceMs, 'no data');
    await mkdir(dirname(file), { recursive: true });

    const hash = createHash('sha256');
    let loaded = 0;
    await pipeline(
      Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          timer.refresh();
          hash.update(chunk);
          loaded += chunk.length;
          options.onBytes?.(loaded, size ?? 0);
          yield chunk;
        }
      },
      createWriteStream(temporary, { flags: 'wx', flush: true }),
    );
    if (size !== undefined && loaded !== size) {
      throw new Error(`${url} sent ${loaded} bytes and had announced ${size}`);
    }
    if (sha256 !== undefined && hash.digest('hex') !== sha256) {
      throw new Error(`${url} sent bytes whose SHA-256 is not the announced ${sha256}`);
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw explain(url, error, abort.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Follows redirects by hand, since the hub announces the file's size and hash in the answer that redirects. */
async function request(url: string, token: string | undefined, signal: AbortSignal) {
  let size: number | undefined;
  let sha256: string | undefined;
  let target = new URL(url);
  for (let hop = 0; hop < 8; hop++) {
    // A compressed body would not have the announced length.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (token && target.origin === new URL(url).origin) headers['authorization'] = `Bearer ${token}`;
    const response = await fetch(target, { headers, redirect: 'manual', signal });
    size ??= parseSize(response.headers.get('x-linked-size'));
    sha256 ??= /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(response.headers.get('x-linked-etag') ?? '')?.[1];
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location) {
      await response.body?.cancel();
      target = new URL(location, target);
      continue;
    }
    if (response.status !== 200 || !response.body) {
      await response.body?.cancel();
      throw new HttpError(url, response.status);
    }
    if (response.headers.get('content-type')?.startsWith('text/html')) {
      await response.body.cancel();
      throw new Error(`${url} answered with a web page: does this network ask for a login first?`);
    }
    if (!response.headers.has('content-encoding')) size ??= parseSize(response.headers.get('content-length'));
    return { response, size, sha256 };
  }
  throw new Error(`${url} redirects more than 8 times`);
}

function parseSize(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}

/** fetch says just "fetch failed" or "terminated" and keeps the reason in `cause`. */
function explain(url: string, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return error;
  const { code, message } = error.cause as NodeJS.ErrnoException;
  const host = new URL(url).host;
  if (error.message === 'terminated')
    return new Error(`${host} broke off the download of ${url} (${message})`, { cause: error });
  return new Error(`cannot reach ${host} (${message || code})`, { cause: error });
}
