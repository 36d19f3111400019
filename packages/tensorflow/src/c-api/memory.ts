/** C memory: copies between it and JavaScript's typed arrays, by the C library's own memcpy, and views of it. */
import koffi from 'koffi';
import type { Pointer } from './c-api.ts';

const libraries: Partial<Record<NodeJS.Platform, string>> = { win32: 'ucrtbase.dll' };

const memcpy = koffi
  .load(libraries[process.platform] ?? null)
  .func('memcpy', 'void *', ['void *', 'void *', 'size_t']) as unknown as (
  to: Pointer | ArrayBufferView,
  from: Pointer | ArrayBufferView,
  bytes: number,
) => void;

/** Copies `bytes` bytes; each side is a C pointer or a typed array of at least that many bytes. */
export function copyMemory(
  to: Pointer | ArrayBufferView,
  from: Pointer | ArrayBufferView,
  bytes: number,
): void {
  if (bytes > 0) memcpy(to, from, bytes);
}

/** `bytes` bytes of C memory, as JavaScript sees them while they are there. */
export function viewMemory(address: Pointer, bytes: number): ArrayBuffer {
  return koffi.view(address, bytes);
}
