import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nativeBackend } from '../backend/native-backend.ts';
import { startEngine } from '../engine/start-engine.ts';
import type { Context } from '../c-api/context.ts';
import { compile } from '../compile/compile.ts';
import { runRounded } from '../precision/run-rounded.ts';
import { copyOf } from '../profile/tensor-of-handle.ts';
import { tf } from '../tf.ts';
import { AttributeKind } from './attributes.ts';
import { ownMemory } from './resource.ts';
import { writeTensor } from './tensor-memory.ts';
import type { TensorflowBinding } from './tensorflow-binding.ts';

let binding: TensorflowBinding;
let context: Context;
let entries: number;
const type = (value: number, name = 'T') => ({ name, type: AttributeKind.type, value });

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
  binding = nativeBackend()!.binding;
  context = binding.context;
});
beforeEach(() => {
  entries = binding.getNumOfTensors();
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(binding.getNumOfTensors()).toBe(entries);
});

/** Lets the `call`-th check of `what` fail, and those before it pass. */
function fail(what: string, call = 1): void {
  const { checked } = context;
  let calls = 0;
  vi.spyOn(context, 'checked').mockImplementation((of, use) => {
    if (of === what && ++calls === call) throw new Error(`${what} failed`);
    return checked(of, use);
  });
}

describe('what fails leaves no handle behind:', () => {
  it.each([
    ['the first output', 1],
    ['the second output', 2],
  ])('an operation where %s cannot be described', (_, call) => {
    const x = binding.createTensor([4], binding.TF_FLOAT, [1, 2, 3, 4]);
    const axis = binding.createTensor([], binding.TF_INT32, [0]);
    const count = { name: 'num_split', type: AttributeKind.int, value: 2 };
    const deleted = vi.spyOn(context.api, 'deleteHandle');
    // Two checks for each vector: of its rank and of its size.
    fail('shape', 2 * call);
    expect(() => binding.executeOp('Split', [count, type(binding.TF_FLOAT)], [axis, x], 2)).toThrow(
      'shape failed',
    );
    expect(deleted).toHaveBeenCalledTimes(2);
    for (const id of [x, axis]) binding.deleteTensor(id);
  });

  it.each([
    ['DT_HALF', 19],
    ['bf16', 14],
  ])('an operation that gives a type which TensorFlow.js lacks: %s', (_, to) => {
    const x = binding.createTensor([2], binding.TF_FLOAT, [1, 2]);
    const deleted = vi.spyOn(context.api, 'deleteHandle');
    const types = [type(binding.TF_FLOAT, 'SrcT'), type(to, 'DstT')];
    expect(() => binding.executeOp('Cast', types, [x], 1)).toThrow(
      /^Cast gives a tensor of (TF_DataType 19|bfloat16), a type that TensorFlow\.js does not have\.$/,
    );
    expect(deleted).toHaveBeenCalledTimes(1);
    binding.deleteTensor(x);
  });

  it.each([
    ['DeepCopy', 1],
    ['AssignVariableOp', 2],
  ])('a variable that gets no memory of its own since %s fails', (operation, handles) => {
    const id = binding.createTensor([2], binding.TF_FLOAT, [1, 2]);
    const variable = { ...binding.entries.promote(id), shared: true };
    fail(operation);
    const deleted = vi.spyOn(context.api, 'deleteHandle');
    expect(() => ownMemory(context, variable)).toThrow(`${operation} failed`);
    expect(deleted).toHaveBeenCalledTimes(handles);
    binding.deleteTensor(id);
  });

  it('strings that are none', () => {
    const deleted = vi.spyOn(context.api, 'deleteTensor');
    const values = [Uint8Array.of(65), 5 as unknown as Uint8Array];
    expect(() => writeTensor(context, [2], binding.TF_STRING, values)).toThrow();
    expect(deleted).toHaveBeenCalledTimes(1);
  });

  it('a tensor whose handle cannot be made', () => {
    const deleted = vi.spyOn(context.api, 'deleteTensor');
    fail('tensor');
    expect(() => binding.createTensor([1], binding.TF_FLOAT, [1])).toThrow('tensor failed');
    expect(deleted).toHaveBeenCalledTimes(1);
  });

  it('an operation in bf16 whose second result cannot be made float32 again', () => {
    const x = binding.createTensor([4], binding.TF_FLOAT, [1, 2, 3, 4]);
    const axis = binding.createTensor([], binding.TF_INT32, [0]);
    const attributes = [{ name: 'num_split', type: AttributeKind.int, value: 2 }, type(binding.TF_FLOAT)];
    const deleted = vi.spyOn(context.api, 'deleteHandle');
    // Four checks for each cast: of x to bf16, then of the two results.
    fail('Cast', 9);
    binding.entries.withHandles([axis, x], (handles) => {
      expect(() => runRounded(context, 'Split', attributes, handles, 2)).toThrow('Cast failed');
    });
    // Both inputs and outputs of the operation, and the first result.
    expect(deleted).toHaveBeenCalledTimes(5);
    for (const id of [x, axis]) binding.deleteTensor(id);
  });

  it('a compiled function whose second output of three cannot be held', () => {
    const fn = compile((x: tf.Tensor) => [x.add(1), x.add(2), x.add(3)]);
    const x = tf.tensor1d([1]);
    tf.dispose(fn(x));
    const { held } = binding.entries;
    const add = held.add.bind(held);
    let outputs = 0;
    vi.spyOn(held, 'add').mockImplementation((entry) => {
      if (++outputs === 2) throw new Error('device failed');
      add(entry);
    });
    const deleted = vi.spyOn(context.api, 'deleteHandle');
    const tensors = tf.memory().numTensors;
    expect(() => fn(x)).toThrow('device failed');
    // The three outputs, and what the function took of x.
    expect(deleted).toHaveBeenCalledTimes(4);
    expect(tf.memory().numTensors).toBe(tensors);
    vi.restoreAllMocks();
    fn.dispose();
    x.dispose();
  });

  it('a copy for a profile of what cannot be described', () => {
    const x = binding.createTensor([2], binding.TF_FLOAT, [1, 2]);
    const made = vi.spyOn(context.api, 'resolveHandle');
    const deleted = vi.spyOn(context.api, 'deleteTensor');
    fail('shape');
    binding.entries.withHandles([x], ([handle]) => {
      expect(() => copyOf(context, handle!)).toThrow('shape failed');
    });
    expect(made.mock.calls.length).toBe(deleted.mock.calls.length);
    binding.deleteTensor(x);
  });
});
