/** Downloads one file as a model hub serves it: redirects to a CDN, sizes and hashes in the headers, parts of a file. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { claimPartial, ownPartial, releasePartial } from './partial-download.ts';

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
  /** What a hub says besides, such as `RevisionNotFound`. */
  readonly code: string | undefined;
  constructor(url: string, { status, headers }: Response) {
    super(`HTTP ${status} for ${url}`);
    this.status = status;
    this.code = headers.get('x-error-code') ?? undefined;
  }
}

/**
 * Downloads `url` to a temporary name beside `file`, checks size and SHA-256 as far as the server tells them, then
 * renames it, making the folder where it is absent: under its own name the file is whole or absent. Where the server tells
 * the SHA-256, what came before a failure is kept, and the next download goes on from there.
 *
 * @throws HttpError for any status but 200, and 206 where a part was asked for
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
  let temporary = `${file}.${randomUUID()}.tmp`;
  let kept: string | undefined;
  try {
    const answer = await request(url, options.token, abort.signal, async (sha256) => {
      temporary = ownPartial(file, sha256);
      kept = sha256;
      return claimPartial(temporary, file, sha256);
    });
    const { response, size, sha256, from } = answer;
    clearTimeout(timer);
    await mkdir(dirname(file), { recursive: true });
    const hash = createHash('sha256');
    if (from > 0) for await (const chunk of createReadStream(temporary)) hash.update(chunk as Buffer);
    timer = giveUp(options.silenceMs, 'no data');

    let loaded = from;
    const handle = await open(temporary, from > 0 ? 'a' : 'w');
    try {
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        timer.refresh();
        hash.update(chunk);
        await handle.appendFile(chunk);
        loaded += chunk.length;
        options.onBytes?.(loaded, size ?? 0);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (size !== undefined && loaded !== size) {
      throw new Error(`${url} sent ${loaded} bytes and had announced ${size}`);
    }
    kept = undefined; // Whole, but perhaps wrong.
    if (sha256 !== undefined && hash.digest('hex') !== sha256) {
      throw new Error(`${url} sent bytes whose SHA-256 is not the announced ${sha256}`);
    }
    await rename(temporary, file);
  } catch (error) {
    const part = kept === undefined ? undefined : await stat(temporary).catch(() => undefined);
    if (part && part.size > 0) await releasePartial(temporary, file, kept!);
    else await rm(temporary, { force: true });
    throw explain(url, error, abort.signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Follows redirects by hand, since the hub announces the file's size and hash in the answer that redirects.
 *
 * @param claim how many bytes of the file with this hash are already here
 */
async function request(
  url: string,
  token: string | undefined,
  signal: AbortSignal,
  claim: (sha256: string) => Promise<number>,
) {
  let size: number | undefined;
  let sha256: string | undefined;
  /** The first byte that is asked for. */
  let from = 0;
  let target = new URL(url);
  for (let hop = 0; hop < 8; hop++) {
    // A compressed body would not have the announced length.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (token && target.origin === new URL(url).origin) headers['authorization'] = `Bearer ${token}`;
    if (from > 0) headers['range'] = `bytes=${from}-`;
    const response = await fetch(target, { headers, redirect: 'manual', signal });
    const { status } = response;
    const isRange = 'range' in headers;
    const again = () => response.body?.cancel();
    size ??= parseSize(response.headers.get('x-linked-size'));
    const announced = /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(response.headers.get('x-linked-etag') ?? '')?.[1];
    if (sha256 === undefined && announced !== undefined) {
      sha256 = announced;
      from = await claim(sha256);
      // All of it, without a check; or of something else.
      if (size !== undefined && from >= size) from = 0;
    }
    const location = response.headers.get('location');
    if (status >= 300 && status < 400 && location) {
      await again();
      target = new URL(location, target);
      continue;
    }
    if (isRange && (status === 416 || (status === 206 && startOf(response) !== from))) {
      await again();
      from = 0;
      continue;
    }
    if (!(status === 200 || (isRange && status === 206)) || !response.body) {
      await again();
      throw new HttpError(url, response);
    }
    if (response.headers.get('content-type')?.startsWith('text/html')) {
      await again();
      throw new Error(`${url} answered with a web page: does this network ask for a login first?`);
    }
    if (from > 0 && !isRange) {
      // The server sends the file itself, and there is a part of it.
      await again();
      continue;
    }
    if (status === 200) from = 0;
    if (status === 200 && !response.headers.has('content-encoding'))
      size ??= parseSize(response.headers.get('content-length'));
    return { response, size, sha256, from };
  }
  throw new Error(`${url} redirects more than 8 times`);
}

/** Of a part of the file, `bytes 50000-96247/96248`. */
function startOf(response: Response): number | undefined {
  return parseSize(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? null);
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
