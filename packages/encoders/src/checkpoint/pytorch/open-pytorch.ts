/** Reads the weights in a `pytorch_model.bin`, a dictionary of tensors that `torch.save` wrote, without running any of it. */
import { open, type FileHandle } from 'node:fs/promises';
import { isFloat } from '../dtypes.ts';
import type { OpenWeights, WeightEntry } from '../weight-entry.ts';
import { openPytorchArchive, type PytorchArchive, type PytorchRecord } from './archive.ts';
import { PickleDamage } from './pickle-bytes.ts';
import { readView } from './read-view.ts';
import { PytorchTensor, unpickleTensors } from './tensors.ts';
import { PickleRefusal, shown } from './unpickle.ts';

/**
 * What `use` makes of the tensors in the file.
 *
 * @throws if the file is missing, truncated, damaged or of another format, or holds anything besides tensors and plain
 * data, which the message names
 */
export async function openPytorch<R>(file: string, use: (open: OpenWeights) => Promise<R>): Promise<R> {
  const handle = await open(file);
  try {
    const archive = await openPytorchArchive(handle, file);
    const tensors = namedTensors(archive.pickle, file);
    const entries = new Map<string, WeightEntry>();
    for (const [name, tensor] of tensors)
      entries.set(name, await weightEntry(name, tensor, { handle, file, archive }));
    return await use(entries);
  } finally {
    await handle.close();
  }
}

function namedTensors(pickle: Buffer, file: string): Map<string, PytorchTensor> {
  let root: unknown;
  try {
    root = unpickleTensors(pickle);
  } catch (error) {
    if (error instanceof PickleRefusal)
      throw new Error(
        `${file} holds ${error.what}, which is no part of a dictionary of tensors: the file is refused, and nothing of it was run. ` +
          'Such a file can run any program when Python loads it. Take model.safetensors, or a file that torch.save(model.state_dict(), file) wrote.',
        { cause: error },
      );
    if (error instanceof PickleDamage)
      throw new Error(
        `${file} is damaged: its data.pkl is no pickle of PyTorch's: ${error.message}; download it again`,
        {
          cause: error,
        },
      );
    throw error;
  }
  const pairs = root instanceof Map ? [...(root as Map<unknown, unknown>)] : [];
  const tensors = pairs.filter(
    (pair): pair is [string, PytorchTensor] =>
      typeof pair[0] === 'string' && pair[1] instanceof PytorchTensor,
  );
  if (tensors.length === 0) {
    const keys = pairs.slice(0, 5).map(([key]) => shown(key));
    const got =
      root instanceof Map ? `a dictionary with the keys ${keys.join(', ') || '(none)'}` : 'something else';
    throw new Error(
      `${file} holds ${got}, expected tensors by their names, as torch.save(model.state_dict(), file) writes them.`,
    );
  }
  return new Map(tensors);
}

interface Source {
  handle: FileHandle;
  file: string;
  archive: PytorchArchive;
}

/** Checks that the storage has what the tensor needs. */
async function weightEntry(
  name: string,
  tensor: PytorchTensor,
  { handle, file, archive }: Source,
): Promise<WeightEntry> {
  const { storage, offset, shape, strides } = tensor;
  const damaged = (why: string) =>
    new Error(`${file}: the tensor ${name} ${why}: it is damaged; download it again`);
  const record: PytorchRecord | undefined = await archive.storage(storage.key);
  if (!record) throw damaged(`is a part of storage ${storage.key}, which is not there`);
  if (record.size < storage.elements * storage.bytes)
    throw damaged(
      `is a part of storage ${storage.key}, which has ${record.size} bytes, but ${storage.elements} elements of ${storage.dtype} need ${storage.elements * storage.bytes}`,
    );
  const isEmpty = shape.includes(0);
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, offset);
  if (!isEmpty && last >= storage.elements)
    throw damaged(
      `of shape [${shape.join(', ')}] and strides [${strides.join(', ')}] from ${offset} on goes to element ${last} of storage ${storage.key}, which has ${storage.elements}`,
    );
  const { dtype } = storage;
  return {
    name,
    file,
    dtype,
    shape,
    readInto: async (values) => {
      if (!isFloat(dtype)) throw new Error(`${file}: the tensor ${name} holds ${dtype}, not floats`);
      if (!isEmpty) await readView(handle, { name, file, dtype, record, tensor }, values);
    },
  };
}
