import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nativeBackend } from '../backend/native-backend.ts';
import { startEngine } from '../engine/start-engine.ts';
import { AttributeKind } from './attributes.ts';
import type { TensorflowBinding } from './tensorflow-binding.ts';
import type { TensorValues } from './tensor-memory.ts';

let binding: TensorflowBinding;
let entries: number;
const type = (value: number, name = 'T') => ({ name, type: AttributeKind.type, value });

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
  binding = nativeBackend()!.binding;
});
beforeEach(() => {
  entries = binding.getNumOfTensors();
});
afterEach(() => {
  expect(binding.getNumOfTensors()).toBe(entries);
});

/** The values after a stay in TensorFlow. */
function roundTrip(shape: number[], dtype: number, values: TensorValues): TensorValues {
  const id = binding.createTensor(shape, dtype, values);
  const read = binding.tensorDataSync(id);
  binding.deleteTensor(id);
  return read;
}

describe('TensorflowBinding: tensors', () => {
  it('keeps values of every type', () => {
    expect(roundTrip([2], binding.TF_FLOAT, Float32Array.of(1.5, NaN))).toEqual(Float32Array.of(1.5, NaN));
    expect(roundTrip([2], binding.TF_INT32, Int32Array.of(-1, 2 ** 31 - 1))).toEqual(
      Int32Array.of(-1, 2 ** 31 - 1),
    );
    expect(roundTrip([2], binding.TF_BOOL, Uint8Array.of(1, 0))).toEqual(Uint8Array.of(1, 0));
    expect(roundTrip([2], binding.TF_UINT8, Uint8Array.of(255, 7))).toEqual(Uint8Array.of(255, 7));
    expect(roundTrip([1], binding.TF_INT64, BigInt64Array.of(2n ** 40n))).toEqual(
      BigInt64Array.of(2n ** 40n),
    );
    expect(roundTrip([1], binding.TF_COMPLEX64, Float32Array.of(1, -2))).toEqual(Float32Array.of(1, -2));
  });

  it('converts plain numbers', () => {
    expect(roundTrip([2], binding.TF_INT32, [1, 2])).toEqual(Int32Array.of(1, 2));
    expect(roundTrip([2], binding.TF_FLOAT, Int32Array.of(1, 2))).toEqual(Float32Array.of(1, 2));
  });

  it('keeps strings, short, empty and beyond what a TF_TString holds itself', () => {
    const strings = ['', 'hé', 'x'.repeat(1000)].map((text) => Uint8Array.from(Buffer.from(text)));
    expect(roundTrip([3], binding.TF_STRING, strings)).toEqual(strings);
  });

  it('keeps tensors without elements and without dimensions', () => {
    expect(roundTrip([0, 3], binding.TF_FLOAT, new Float32Array())).toEqual(new Float32Array());
    expect(roundTrip([], binding.TF_FLOAT, Float32Array.of(7))).toEqual(Float32Array.of(7));
  });

  it('refuses values that do not fit the shape', () => {
    expect(() => binding.createTensor([2, 2], binding.TF_FLOAT, Float32Array.of(1))).toThrow(
      'A float32 tensor of shape [2,2] takes 4 values (16 bytes), got 4 bytes.',
    );
    expect(() => binding.createTensor([2], binding.TF_STRING, [Uint8Array.of(1)])).toThrow(
      'A string tensor of shape [2] takes 2 values, got 1.',
    );
    expect(() => binding.createTensor([], binding.TF_RESOURCE, [0])).toThrow(
      'Cannot make a tensor of resource.',
    );
  });

  it('knows a disposed tensor', () => {
    const id = binding.createTensor([], binding.TF_FLOAT, [1]);
    binding.deleteTensor(id);
    binding.deleteTensor(id);
    expect(() => binding.tensorDataSync(id)).toThrow(
      `An operation was given tensor ${id}, which has been disposed.`,
    );
    expect(() => binding.executeOp('Neg', [type(binding.TF_FLOAT)], [id], 1)).toThrow(
      `Neg was given tensor ${id}, which has been disposed.`,
    );
  });
});

describe('TensorflowBinding: operations', () => {
  it('takes lists and gives several outputs', () => {
    const x = binding.createTensor([4], binding.TF_FLOAT, [1, 2, 3, 4]);
    const axis = binding.createTensor([], binding.TF_INT32, [0]);
    const count = { name: 'num_split', type: AttributeKind.int, value: 2 };
    const halves = binding.executeOp('Split', [count, type(binding.TF_FLOAT)], [axis, x], 2);
    expect(halves.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual([
      { shape: [2], dtype: binding.TF_FLOAT },
      { shape: [2], dtype: binding.TF_FLOAT },
    ]);
    const [sum] = binding.executeOp(
      'AddN',
      [{ name: 'N', type: AttributeKind.int, value: 2 }, type(binding.TF_FLOAT)],
      halves.map(({ id }) => id),
      1,
    );
    expect(binding.tensorDataSync(sum!.id)).toEqual(Float32Array.of(4, 6));
    for (const id of [x, axis, sum!.id, ...halves.map((half) => half.id)]) binding.deleteTensor(id);
  });

  it("passes TensorFlow's message on, and forgets it", () => {
    const a = binding.createTensor([2], binding.TF_FLOAT, [1, 2]);
    const b = binding.createTensor([3], binding.TF_FLOAT, [1, 2, 3]);
    const add = (ids: number[]) => binding.executeOp('AddV2', [type(binding.TF_FLOAT)], ids, 1);
    expect(() => add([a, b])).toThrow(/AddV2: Incompatible shapes: \[2\] vs\. \[3\]/);
    expect(() => binding.executeOp('Nonsense', [], [], 1)).toThrow(
      /Nonsense: .*neither a type of a primitive operation nor a name of a function/,
    );
    expect(() =>
      binding.executeOp('AddV2', [{ name: 'T', type: AttributeKind.resource, value: 1 }], [a, a], 1),
    ).toThrow('Attribute "T" is of kind 6, which the TensorFlow binding does not set.');
    const [sum] = add([a, a]);
    expect(binding.tensorDataSync(sum!.id)).toEqual(Float32Array.of(2, 4));
    for (const id of [a, b, sum!.id]) binding.deleteTensor(id);
  });

  it('says that SavedModels are left out', () => {
    expect(() => binding.loadSavedModel()).toThrow('SavedModels cannot be loaded by this binding');
  });
});
