/** The index of a checkpoint in several files, called shards: in which of them each tensor is. */
import { readFileSync } from 'node:fs';

/**
 * Reads `model.safetensors.index.json`, or PyTorch's.
 *
 * @returns the names of tensors, each with the name of a file in the same folder
 * @throws if the file is missing, or is no index; the message names it
 */
export function readShardIndex(file: string): ReadonlyMap<string, string> {
  const text = readFileSync(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const map = isRecord(json) ? json['weight_map'] : undefined;
  if (!isRecord(map) || Object.keys(map).length === 0)
    throw new Error(`${file} has no "weight_map" of tensors to files: it is no index of a checkpoint`);
  const entries = Object.entries(map);
  for (const [tensor, shard] of entries)
    // A name alone: an index from elsewhere must not reach other folders.
    if (typeof shard !== 'string' || !/^[A-Za-z0-9_][\w.-]*$/.test(shard))
      throw new Error(
        `${file} has the tensor ${tensor} in ${JSON.stringify(shard)}, expected the name of a file in the same folder`,
      );
  return new Map(entries as [string, string][]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
