/** Writes float32 tensors as a safetensors file, byte for byte as the reference implementation does. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

export interface TensorToWrite {
  shape: readonly number[];
  /** Row-major; or what hands it over when its turn has come, so that memory need not hold all tensors at a time. */
  data: Float32Array | ((write: (values: Float32Array) => Promise<void>) => Promise<void>);
}

/**
 * Writes the tensors to a temporary name in the same folder, then renames it: a reader sees the old file or the
 * whole new one. Tensors are stored in the order of their names, as the reference stores tensors of one dtype.
 *
 * @param tensors as many elements as their shapes say
 * @param metadata strings; Python's transformers wants `format: 'pt'`
 * @throws if a tensor's data does not fit its shape, and leaves an earlier file as it was
 * @see https://github.com/huggingface/safetensors#format
 */
export async function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, TensorToWrite>,
  metadata: Record<string, string> = { format: 'pt' },
): Promise<void> {
  const names = [...tensors.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const header: [name: string, entry: object][] = [];
  if (Object.keys(metadata).length > 0) header.push(['__metadata__', metadata]);
  let position = 0;
  for (const name of names) {
    const { shape } = tensors.get(name)!;
    const end = position + 4 * sizeOf(shape);
    header.push([name, { dtype: 'F32', shape, data_offsets: [position, end] }]);
    position = end;
  }

  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await writeAll(handle, encodeHeader(header));
      for (const name of names) {
        const { shape, data } = tensors.get(name)!;
        const write = async (values: Float32Array) => {
          if (values.length !== sizeOf(shape))
            throw new Error(
              `${file}: tensor "${name}" of shape [${shape.join(', ')}] needs ${sizeOf(shape)} elements, got ${values.length}`,
            );
          const { buffer, byteOffset, byteLength } = values;
          await writeAll(handle, new Uint8Array(buffer, byteOffset, byteLength));
        };
        await (typeof data === 'function' ? data(write) : write(data));
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

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

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
