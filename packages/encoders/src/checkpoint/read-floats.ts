/** Reads floating-point numbers of a file as float32; besides them it holds a piece of the file at a time. */
import type { FileHandle } from 'node:fs/promises';
import { floatDtypes, type FloatDtypeName } from './dtypes.ts';
import { readExactly } from './read-exactly.ts';

const pieceBytes = 2 ** 20;

/**
 * Fills `values` with the elements from byte `position` on; those of F32 go there right away.
 *
 * @param onBytes is shown all bytes, in their order
 * @throws if the file ends before
 */
export async function readFloats(
  handle: FileHandle,
  file: string,
  position: number,
  dtype: FloatDtypeName,
  values: Float32Array<ArrayBuffer>,
  onBytes?: (bytes: Uint8Array) => void,
): Promise<void> {
  if (dtype === 'F32') {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    await readExactly(handle, file, position, bytes);
    onBytes?.(bytes);
    return;
  }
  const { bytes: size, widen } = floatDtypes[dtype];
  const atOnce = pieceBytes / size;
  const piece = new Uint8Array(Math.min(values.length, atOnce) * size);
  for (let done = 0; done < values.length; done += atOnce) {
    const part = values.subarray(done, done + atOnce);
    const bytes = piece.subarray(0, part.length * size);
    await readExactly(handle, file, position + done * size, bytes);
    onBytes?.(bytes);
    widen(piece.buffer, part);
  }
}
