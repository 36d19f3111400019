/** Writes float32 tensors as a safetensors file, byte for byte as the reference implementation does. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/**
 * Writes the tensors to a temporary name in the same folder, then renames it: a reader sees the old file or the
 * whole new one. Tensors are stored in the order of their names, as the reference stores tensors of one dtype.
 *
 * @param tensors data in row-major order, as many elements as the shape says
 * @param metadata strings; Python's transformers wants `format: 'pt'`
 * @throws if a tensor's data does not fit its shape, before anything is written
 * @see https://github.com/huggingface/safetensors#format
 */
export async function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, { shape: readonly number[]; data: Float32Array }>,
  metadata: Record<string, string> = { format: 'pt' },
): Promise<void> {
  const names = [...tensors.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const header: [name: string, entry: object][] = [];
  if (Object.keys(metadata).length > 0) header.push(['__metadata__', metadata]);
  let position = 0;
  for (const name of names) {
    const { shape, data } = tensors.get(name)!;
    const size = shape.reduce((product, n) => product * n, 1);
    if (data.length !== size) {
      throw new Error(
        `${file}: tensor "${name}" of shape [${shape.join(', ')}] needs ${size} elements, got ${data.length}`,
      );
    }
    const end = position + data.byteLength;
    header.push([name, { dtype: 'F32', shape, data_offsets: [position, end] }]);
    position = end;
  }

  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await writeAll(handle, encodeHeader(header));
      for (const name of names) {
        const { buffer, byteOffset, byteLength } = tensors.get(name)!.data;
        await writeAll(handle, new Uint8Array(buffer, byteOffset, byteLength));
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The 8-byte length and the JSON, filled with spaces so that the data starts at a multiple of 8 bytes. */
function encodeHeader(header: [name: string, entry: object][]): Buffer {
  // Not one object, since JavaScript would move names like "0" to the front.
  const fields = header.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  const json = Buffer.from(`{${fields.join(',')}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = Buffer.alloc(8 + length, ' ');
  bytes.writeBigUInt64LE(BigInt(length));
  json.copy(bytes, 8);
  return bytes;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, Math.min(bytes.length - done, 2 ** 30));
    done += bytesWritten;
  }
}
