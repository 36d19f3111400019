/** Reads a safetensors file, each tensor into memory of its own; leaves out 8-bit floats and big-endian machines. */
import { open } from 'node:fs/promises';
import { readExactly } from './read-exactly.ts';
import { readSafetensorsHeader } from './read-safetensors-header.ts';
import { safetensorsDtypes, type SafetensorsDtype } from './safetensors-dtype.ts';

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

/**
 * Reads all tensors of a safetensors file, in the order of their bytes. Besides the result it needs memory for
 * just one tensor, and only where a narrow float is widened.
 *
 * @throws if the file is missing, truncated, damaged or something else; the message names file and tensor
 * @see https://github.com/huggingface/safetensors#format
 */
export async function readSafetensors(file: string): Promise<Map<string, SafeTensor>> {
  const handle = await open(file);
  try {
    const { entries } = await readSafetensorsHeader(handle, file);
    const tensors = new Map<string, SafeTensor>();
    for (const { name, dtype, shape, begin, end } of entries) {
      const raw = await readExactly(handle, file, begin, end - begin);
      tensors.set(name, { dtype, shape, data: safetensorsDtypes[dtype].decode(raw) });
    }
    return tensors;
  } finally {
    await handle.close();
  }
}
