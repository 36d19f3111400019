import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../read-safetensors.ts';
import { openPytorch } from './open-pytorch.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/pytorch');
const fixture = (name: string) => join(fixtures, `${name}.bin`);

/** What has floats, read. */
const read = (file: string) =>
  openPytorch(file, async (tensors) => {
    const values = new Map<string, { shape: readonly number[]; data: Float32Array }>();
    for (const [name, { dtype, shape, readInto }] of tensors) {
      if (!/F\d/.test(dtype)) continue;
      const data = new Float32Array(shape.reduce((product, n) => product * n, 1));
      await readInto(data);
      values.set(name, { shape, data });
    }
    return values;
  });

describe('openPytorch', () => {
  it.each(['views', 'protocol-4', 'without-checksums'])(
    'gives the float32 values of torch for every kind of tensor: %s',
    async (name) => {
      const theirs = await readSafetensors(join(fixtures, 'views.safetensors'));
      const ours = await read(fixture(name));
      expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
      for (const [tensor, { shape, data }] of theirs)
        expect([tensor, ours.get(tensor)]).toEqual([tensor, { shape, data }]);
    },
  );

  it('reads an archive with sizes in 64 bits', async () => {
    const data = Float32Array.of(1, 1);
    expect(await read(fixture('zip64'))).toEqual(new Map([['a', { shape: [2], data }]]));
  });

  it('knows the types of what has no floats, and does not read it', async () => {
    await openPytorch(fixture('views'), async (tensors) => {
      const types = ['int64', 'bool', 'int16'].map((name) => tensors.get(name)!.dtype);
      expect(types).toEqual(['I64', 'BOOL', 'I16']);
      await expect(tensors.get('int64')!.readInto(new Float32Array(2))).rejects.toThrow(
        `${fixture('views')}: the tensor int64 holds I64, not floats`,
      );
    });
  });
});

describe('openPytorch refuses', () => {
  it.each([
    ['malicious', 'posix.system'],
    ['malicious-0', 'os.system'],
    ['malicious-instance', 'os.system'],
    ['malicious-4', 'builtins.eval'],
    ['whole-model', 'torch.nn.modules.linear.Linear'],
    ['complex', 'torch.ComplexFloatStorage'],
    ['negative', 'a tensor with metadata (neg)'],
  ])('%s by the name of what it holds', async (name, held) => {
    await expect(read(fixture(name))).rejects.toThrow(
      `${fixture(name)} holds ${held}, which is no part of a dictionary of tensors: the file is refused, and nothing of it was run.`,
    );
  });

  it.each([
    ['old-format', 'has the format of PyTorch before 1.6', 'weights_only=True), file)'],
    ['torchscript', 'is a TorchScript archive', '.state_dict(), file)'],
    ['nested', 'holds a dictionary with the keys epoch, state_dict', 'torch.save(model.state_dict(), file)'],
    ['compressed', ': its record byteorder is compressed', 'weights_only=True), file)'],
    ['big-endian', 'has numbers in the byte order "big"', 'expected little'],
  ])('%s, and says what to do', async (name, what, remedy) => {
    const failed = expect(read(fixture(name))).rejects;
    await failed.toThrow(`${fixture(name)}${what.startsWith(':') ? '' : ' '}${what}`);
    await failed.toThrow(remedy);
  });

  it.each([
    ['lacks-storage', 'the tensor a is a part of storage 0, which is not there'],
    ['short-storage', 'the tensor a is a part of storage 0, which has 7 bytes, but 2 elements of F32 need 8'],
    [
      'beyond-storage',
      'the tensor a of shape [9] and strides [1] from 0 on goes to element 8 of storage 0, which has 2',
    ],
  ])('%s, which it names with its tensor', async (name, why) => {
    await expect(read(fixture(name))).rejects.toThrow(
      `${fixture(name)}: ${why}: it is damaged; download it again`,
    );
  });
});
