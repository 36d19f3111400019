import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LoadedEncoder } from '@foldwise/encoders';
import { findHead, heads } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkCount, checkOnEncoder } from './check-on-encoder.ts';
import { miniLm, randomBert } from './encoders.ts';
import { listChecks, listHeads, replaceSection, type HeadRow } from './heads-document.ts';

const encoders: Readonly<Record<string, () => Promise<LoadedEncoder>>> = {
  'MiniLM-L6': miniLm,
  'a tiny random BERT': randomBert,
};
const specs = Object.values(heads).flatMap((kind) => kind.examples);
/** By spec and encoder. */
const results = new Map(
  specs.map((spec) => [spec, new Map<string, { checks: string; size: HeadRow['size'] }>()]),
);

/** The model of an encoder with `apply` on its hidden states. */
function modelOf(
  { model, pooler }: LoadedEncoder,
  apply: ReturnType<typeof findHead>['apply'],
): tf.LayersModel {
  const inputs = { hiddenStates: model.outputs, mask: model.inputs[1]!, pooler };
  return tf.model({ inputs: model.inputs, outputs: apply(inputs, 'head') });
}

beforeAll(async () => {
  await startEngine();
});

describe.each(Object.entries(encoders))('on %s', (name, load) => {
  let encoder: LoadedEncoder;
  beforeAll(async () => {
    encoder = await load();
  });

  it.each(specs)('%s passes every check', async (spec) => {
    const model = modelOf(encoder, findHead(spec).apply);
    const { passed, faults } = await checkOnEncoder(model);
    const others = new Set(encoder.model.weights.map((weight) => weight.id));
    const own = model.weights.filter((weight) => !others.has(weight.id)).map((weight) => weight.read());
    const weights = own.reduce((sum, weight) => sum + weight.size, 0);
    const features = model.outputs[0]!.shape[1]!;
    results.get(spec)!.set(name, { checks: `${passed} of ${checkCount}`, size: { features, weights } });
    tf.dispose(own);
    expect(faults).toEqual([]);
  });
});

describe('the checks', () => {
  it.each([
    [
      'a mean of padding',
      ['padding', 'batch of one'],
      ({ hiddenStates }) =>
        tf.layers.globalAveragePooling1d().apply(hiddenStates.at(-1)!) as tf.SymbolicTensor,
    ],
    [
      'a layer over padding',
      ['padding', 'batch of one'],
      ({ hiddenStates }) =>
        tf.layers.simpleRNN({ units: 2 }).apply(hiddenStates.at(-1)!) as tf.SymbolicTensor,
    ],
  ] satisfies [string, string[], ReturnType<typeof findHead>['apply']][])(
    'find %s',
    async (_, expected, apply) => {
      const { faults } = await checkOnEncoder(modelOf(await randomBert(), apply));
      expect(faults.map((fault) => fault.split(':')[0])).toEqual(expected);
    },
  );
});

describe('docs/heads.md', () => {
  it('says what the registry and the checks say; run this test with -u to write it', async () => {
    const file = fileURLToPath(new URL('../../docs/heads.md', import.meta.url));
    const names = Object.keys(encoders);
    const missing = specs.filter((spec) => results.get(spec)!.size < names.length);
    expect(missing, 'the tests above must run, too').toEqual([]);
    const rows = specs.map((spec): HeadRow => {
      const found = results.get(spec)!;
      const checks = Object.fromEntries(Array.from(found, ([name, { checks }]) => [name, checks]));
      return { spec, size: found.get('MiniLM-L6')?.size, checks };
    });
    const listed = replaceSection(await readFile(file, 'utf8'), 'heads', listHeads(heads));
    await expect(replaceSection(listed, 'checks', listChecks(rows, names))).toMatchFileSnapshot(file);
  });
});
