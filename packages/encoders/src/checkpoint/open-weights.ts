/** Opens the weights of a checkpoint, whichever of the published forms its folder has. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openPytorch } from './pytorch/open-pytorch.ts';
import { openSafetensors } from './read-safetensors.ts';
import { readShardIndex } from './shard-index.ts';
import type { OpenWeights, WeightEntry } from './weight-entry.ts';
import { findWeights, weightFormNames, type WeightForm } from './checkpoint-files.ts';

/**
 * What `use` makes of the tensors of the checkpoint in `folder`.
 *
 * @param use is also given the file that errors about the whole are to name: the one of the weights, or their index
 * @throws if there are no weights, a shard is missing, or a file is damaged, truncated or something else
 */
export async function openWeights<R>(
  folder: string,
  use: (open: OpenWeights, file: string) => Promise<R>,
): Promise<R> {
  const form = findWeights(folder);
  if (!form) throw new Error(`The model folder ${folder} has no weights: expected ${weightFormNames}.`);
  const file = join(folder, form.file);
  if (!form.sharded) return openFile(form.format, file, (open) => use(open, file));
  const places = readShardIndex(file);
  const shards = [...new Set(places.values())];
  const missing = shards.filter((shard) => !existsSync(join(folder, shard)));
  if (missing.length > 0)
    throw new Error(
      `${file} names ${shards.length} files, but ${folder} lacks ${missing.join(', ')}; download them as well`,
    );
  return openAll(form.format, folder, shards, (opened) => use(joined(file, places, opened), file));
}

function openFile<R>(
  format: WeightForm['format'],
  file: string,
  use: (open: OpenWeights) => Promise<R>,
): Promise<R> {
  if (format === 'pytorch') return openPytorch(file, use);
  return openSafetensors(file, ({ entries, readInto }) =>
    use(
      new Map(
        [...entries].map(([name, entry]): [string, WeightEntry] => [
          name,
          { ...entry, file, readInto: (values) => readInto(entry, values) },
        ]),
      ),
    ),
  );
}

/** Opens one file after another, and closes all of them at the end. */
function openAll<R>(
  format: WeightForm['format'],
  folder: string,
  shards: readonly string[],
  use: (opened: ReadonlyMap<string, OpenWeights>) => Promise<R>,
  opened: ReadonlyMap<string, OpenWeights> = new Map(),
): Promise<R> {
  const [shard, ...rest] = shards;
  if (shard === undefined) return use(opened);
  return openFile(format, join(folder, shard), (open) =>
    openAll(format, folder, rest, use, new Map([...opened, [shard, open]])),
  );
}

/** @throws if a tensor is not where the index has it */
function joined(
  index: string,
  places: ReadonlyMap<string, string>,
  opened: ReadonlyMap<string, OpenWeights>,
): OpenWeights {
  return new Map(
    [...places].map(([name, shard]) => {
      const entry = opened.get(shard)!.get(name);
      if (!entry)
        throw new Error(
          `${index} has the tensor ${name} in ${shard}, which lacks it. Take all files from the same checkpoint.`,
        );
      return [name, entry];
    }),
  );
}
