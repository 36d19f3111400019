/** C memory: copies between it and JavaScript's typed arrays, zeros, and loans of it. */
import koffi from 'koffi';
import type { Pointer } from './c-api.ts';

const libraries: Partial<Record<NodeJS.Platform, string>> = { win32: 'ucrtbase.dll' };

const c = koffi.load(libraries[process.platform] ?? null);
const memcpy = c.func('memcpy', 'void *', ['void *', 'void *', 'size_t']) as unknown as (
  to: Pointer | ArrayBufferView,
  from: Pointer | ArrayBufferView,
  bytes: number,
) => void;
const memset = c.func('memset', 'void *', ['void *', 'int', 'size_t']) as unknown as (
  to: Pointer,
  value: number,
  bytes: number,
) => void;
/** MADV_DONTNEED: on Linux the pages are given back, and read as zeros from then on. Undefined elsewhere. */
const giveBack =
  process.platform === 'linux'
    ? (c.func('int madvise(void *, size_t, int)') as unknown as (
        from: Pointer,
        bytes: number,
        advice: 4,
      ) => number)
    : undefined;

/** A multiple of the size of a page, whichever that is. */
const pages = 65_536n;

/** Copies `bytes` bytes; each side is a C pointer or a typed array of at least that many bytes. */
export function copyMemory(
  to: Pointer | ArrayBufferView,
  from: Pointer | ArrayBufferView,
  bytes: number,
): void {
  if (bytes > 0) memcpy(to, from, bytes);
}

/**
 * Sets `bytes` bytes to 0. On Linux the system provides most of them only when they are written to, so that zeros that
 * stay zeros take no memory.
 */
export function clearMemory(address: Pointer, bytes: number): void {
  if (bytes === 0) return;
  const end = address + BigInt(bytes);
  const first = ((address + pages - 1n) / pages) * pages;
  const last = (end / pages) * pages;
  if (!giveBack || last <= first || giveBack(first, Number(last - first), 4) !== 0) {
    memset(address, 0, bytes);
    return;
  }
  memset(address, 0, Number(first - address));
  memset(last, 0, Number(end - last));
}

/**
 * What `use` makes of `bytes` bytes of C memory, which JavaScript sees for that time only: whoever keeps the buffer or an
 * array of it has one without elements afterwards, and not memory that is somebody else's by then.
 */
export async function lendMemory<R>(
  address: Pointer,
  bytes: number,
  use: (buffer: ArrayBuffer) => Promise<R>,
): Promise<R> {
  const buffer = bytes === 0 ? new ArrayBuffer(0) : koffi.view(address, bytes);
  try {
    return await use(buffer);
  } finally {
    detach(buffer);
  }
}

/**
 * Takes a buffer's memory away from it. `structuredClone` and `postMessage` copy memory that is not JavaScript's and
 * leave it attached; a stream of bytes takes over what is put into it. Nothing frees the memory: koffi's views own none.
 */
function detach(buffer: ArrayBuffer): void {
  if (buffer.byteLength === 0) return;
  new ReadableStream({ type: 'bytes', start: (stream) => stream.enqueue(new Uint8Array(buffer)) });
}
