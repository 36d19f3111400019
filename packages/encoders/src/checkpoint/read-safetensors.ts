/** Reads a safetensors file, each tensor into memory of its own; leaves out 8-bit floats and big-endian machines. */
import { open } from 'node:fs/promises';
import { isFloat, wholeDtypes, type SafetensorsDtype } from './dtypes.ts';
import { readExactly } from './read-exactly.ts';
import { readFloats } from './read-floats.ts';
import { readSafetensorsHeader, type SafetensorsEntry } from './read-safetensors-header.ts';

/** One tensor of a checkpoint. */
export interface SafeTensor {
  /** The element type in the file. */
  dtype: SafetensorsDtype;
  shape: number[];
  /** The elements in row-major order: F32, F16, BF16 and F64 as float32, I64 as bigint, BOOL as 0 and 1. */
  data:
    | Float32Array<ArrayBuffer>
    | BigInt64Array<ArrayBuffer>
    | Int32Array<ArrayBuffer>
    | Uint8Array<ArrayBuffer>;
}

/** A safetensors file that is open: its tensors by name, in the order of their bytes, and what reads one's elements. */
export interface OpenSafetensors {
  entries: ReadonlyMap<string, SafetensorsEntry>;
  /** The elements, as `SafeTensor` has them. */
  read: (entry: SafetensorsEntry) => Promise<SafeTensor['data']>;
  /** Writes the elements of a tensor of floats into `values`, which has as many; those of F32 go there right away. */
  readInto: (entry: SafetensorsEntry, values: Float32Array<ArrayBuffer>) => Promise<void>;
}

/**
 * What `use` makes of a safetensors file.
 *
 * @throws if the file is missing, truncated, damaged or something else; the message names file and tensor
 * @see https://github.com/huggingface/safetensors#format
 */
export async function openSafetensors<R>(
  file: string,
  use: (open: OpenSafetensors) => Promise<R>,
): Promise<R> {
  const handle = await open(file);
  try {
    const { entries } = await readSafetensorsHeader(handle, file);
    const readInto: OpenSafetensors['readInto'] = async ({ name, dtype, begin }, values) => {
      if (!isFloat(dtype)) throw new Error(`${file}: the tensor ${name} holds ${dtype}, not floats`);
      await readFloats(handle, file, begin, dtype, values);
    };
    const read: OpenSafetensors['read'] = async (entry) => {
      const { dtype, shape, begin, end } = entry;
      if (isFloat(dtype)) {
        const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
        await readInto(entry, values);
        return values;
      }
      const bytes = new Uint8Array(end - begin);
      await readExactly(handle, file, begin, bytes);
      return wholeDtypes[dtype].view(bytes.buffer);
    };
    return await use({ entries: new Map(entries.map((entry) => [entry.name, entry])), read, readInto });
  } finally {
    await handle.close();
  }
}

/**
 * Reads all tensors of a safetensors file, in the order of their bytes. Besides the result it needs memory for
 * just one tensor, and only where a narrow float is widened.
 *
 * @throws as `openSafetensors` does
 */
export function readSafetensors(file: string): Promise<Map<string, SafeTensor>> {
  return openSafetensors(file, async ({ entries, read }) => {
    const tensors = new Map<string, SafeTensor>();
    for (const entry of entries.values()) {
      const { name, dtype, shape } = entry;
      tensors.set(name, { dtype, shape, data: await read(entry) });
    }
    return tensors;
  });
}
