/** What a pickle of PyTorch's says of its tensors; it has no elements, which lie in storages beside it. */
import { PickleDamage } from './pickle-bytes.ts';
import { PickleGlobal, PickleRefusal, shown, unpickle } from './unpickle.ts';

/** Elements in a row, which tensors are views of. */
export class PytorchStorage {
  readonly key: string;
  readonly dtype: string;
  /** Of one element. */
  readonly bytes: number;
  /** How many. */
  readonly elements: number;

  constructor(key: string, type: StorageType, elements: number) {
    this.key = key;
    this.dtype = type.dtype;
    this.bytes = type.bytes;
    this.elements = elements;
  }
}

/** A tensor as a view of its storage: offset and strides count elements. */
export class PytorchTensor {
  readonly storage: PytorchStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: PytorchStorage, offset: number, shape: readonly number[], strides: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

interface StorageType {
  /** As safetensors calls it. */
  dtype: string;
  bytes: number;
}

const storageTypes: Readonly<Record<string, StorageType>> = {
  'torch.FloatStorage': { dtype: 'F32', bytes: 4 },
  'torch.HalfStorage': { dtype: 'F16', bytes: 2 },
  'torch.BFloat16Storage': { dtype: 'BF16', bytes: 2 },
  'torch.DoubleStorage': { dtype: 'F64', bytes: 8 },
  'torch.LongStorage': { dtype: 'I64', bytes: 8 },
  'torch.IntStorage': { dtype: 'I32', bytes: 4 },
  'torch.ShortStorage': { dtype: 'I16', bytes: 2 },
  'torch.CharStorage': { dtype: 'I8', bytes: 1 },
  'torch.ByteStorage': { dtype: 'U8', bytes: 1 },
  'torch.BoolStorage': { dtype: 'BOOL', bytes: 1 },
};

const globals: ReadonlyMap<string, PickleGlobal> = new Map(
  [
    ...Object.keys(storageTypes).map((name) => new PickleGlobal(name)),
    new PickleGlobal('collections.OrderedDict', orderedDict),
    new PickleGlobal('torch._utils._rebuild_tensor_v2', rebuildTensor),
    new PickleGlobal('torch._utils._rebuild_parameter', rebuildParameter),
  ].map((known) => [known.name, known]),
);

/**
 * What the pickle holds, as `unpickle` has it, and tensors.
 *
 * @throws PickleRefusal for anything besides tensors and plain data
 * @throws PickleDamage for what is no pickle of PyTorch's
 */
export function unpickleTensors(pickle: Buffer): unknown {
  return unpickle(pickle, { globals, persistent });
}

/** `('storage', torch.FloatStorage, '0', 'cpu', 6)`: the device does not matter. */
function persistent(id: unknown): PytorchStorage {
  if (!Array.isArray(id)) throw new PickleDamage('it refers to what is no storage');
  const [kind, type, key, , elements] = id as unknown[];
  const known = type instanceof PickleGlobal ? storageTypes[type.name] : undefined;
  if (kind !== 'storage' || !known || typeof key !== 'string' || !isSize(elements))
    throw new PickleDamage('it refers to what is no storage');
  return new PytorchStorage(key, known, elements);
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks, metadata)` */
function rebuildTensor(args: unknown[]): PytorchTensor {
  const [storage, offset, shape, strides, , , metadata] = args;
  if (!(storage instanceof PytorchStorage) || !isSize(offset) || !isSizes(shape) || !isSizes(strides))
    throw new PickleDamage('it makes a tensor of something else');
  if (shape.length !== strides.length) throw new PickleDamage('it makes a tensor of too few strides');
  // Of a lazy conjugate or negative, say, whose storage has other numbers than the tensor.
  if (metadata instanceof Map && metadata.size > 0)
    throw new PickleRefusal(`a tensor with metadata (${[...metadata.keys()].map(shown).join(', ')})`);
  // Copies, since a pickle may change a list later.
  return new PytorchTensor(storage, offset, [...shape], [...strides]);
}

/** `_rebuild_parameter(data, requires_grad, backward_hooks)` */
function rebuildParameter([data]: unknown[]): PytorchTensor {
  if (!(data instanceof PytorchTensor)) throw new PickleDamage('it makes a parameter of what is no tensor');
  return data;
}

/** Of no argument, or of a list of pairs. */
function orderedDict([pairs = []]: unknown[]): Map<unknown, unknown> {
  const isPair = (pair: unknown): pair is [unknown, unknown] => Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(pairs) || !pairs.every(isPair))
    throw new PickleDamage('it makes a dictionary of what are no pairs');
  return new Map(pairs);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isSize);
}
