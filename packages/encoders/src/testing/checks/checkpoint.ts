/** Checks of how an encoder is read from a checkpoint and written to one. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tf } from '@foldwise/tensorflow';
import { readSafetensors, type SafeTensor } from '../../checkpoint/read-safetensors.ts';
import { writeSafetensors, type TensorToWrite } from '../../checkpoint/write-safetensors.ts';
import { loadEncoder, type LoadedEncoder } from '../../load-encoder.ts';
import { saveEncoder } from '../../save-encoder.ts';
import { floatsOf, tensorOf, type FamilyCheck } from '../family-context.ts';

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-family-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function assertSame(saved: ReadonlyMap<string, SafeTensor>, original: ReadonlyMap<string, SafeTensor>): void {
  assert.deepEqual([...saved.keys()].sort(), [...original.keys()].sort(), 'the names of the tensors');
  for (const [name, { data, shape }] of original) {
    assert.deepEqual(tensorOf(saved, name).shape, shape, name);
    assert.deepEqual(tensorOf(saved, name).data, data, name);
  }
}

function assertSameWeights({ model }: LoadedEncoder, other: LoadedEncoder): void {
  assert.equal(model.weights.length, other.model.weights.length);
  for (const [i, weight] of other.model.weights.entries())
    assert.deepEqual(model.weights[i]!.read().dataSync(), weight.read().dataSync(), weight.originalName);
}

/** What is saved has the tensors that Python wrote, by name, shape and value; a pooler is taken along by who has it. */
export const saved: FamilyCheck = ({ folder, checkpoint, encoder }) =>
  inFolder(async (to) => {
    await saveEncoder(encoder, folder, to, encoder.pooler);
    assertSame(await readSafetensors(join(to, 'model.safetensors')), checkpoint);
    const again = await loadEncoder(to, { dropout: 0, types: true });
    assertSameWeights(again, encoder);
    assert.deepEqual(again.pooler, encoder.pooler);
    again.model.dispose();
  });

/** Of a model for some task, behind the family's prefix and with the words as the output that is tied to them. */
export const ofTask: FamilyCheck = ({ folder, checkpoint, reference, encoder }) =>
  inFolder(async (to) => {
    const named = (start: string) =>
      [...reference.keys()].find((name) => name.startsWith(start))!.slice(start.length);
    const [prefix, output] = [named('prefix.'), named('tied.')];
    const words = 'embeddings.word_embeddings.weight';
    const renamed = new Map<string, TensorToWrite>();
    for (const [name, tensor] of checkpoint)
      renamed.set(name === words ? output : `${prefix}${name}`, {
        data: floatsOf(tensor),
        shape: tensor.shape,
      });
    await cp(folder, to, { recursive: true });
    await writeSafetensors(join(to, 'model.safetensors'), renamed);
    const again = await loadEncoder(to, { dropout: 0, types: true });
    assertSameWeights(again, encoder);
    assert.deepEqual(again.pooler, encoder.pooler);
    again.model.dispose();
  });

/** A model that is disposed leaves no tensor. It must run outside of a tidy, which would hide them. */
export const memory: FamilyCheck = async ({ folder }) => {
  const before = tf.memory().numTensors;
  (await loadEncoder(folder)).model.dispose();
  const left = tf.memory().numTensors - before;
  assert.equal(left, 0, `a model that is disposed leaves ${left} tensors behind`);
};
