import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineMetric, type OwnMetric } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import { makeCompetition } from '../testing/make-run.ts';
import { openRun } from './open-run.ts';

describe('openRun', () => {
  it('names the run after encoder, head, seed and configuration', async () => {
    const options = await makeCompetition({ pipeline: { training: { seed: 3 } } });
    const run = await openRun(options);
    expect(run.name).toBe(`minilm-l6-v2-mean-s3-${run.configHash.slice(0, 6)}`);
    expect(run.folder).toBe(join(options.submissions, 'tiny', run.name));
    expect(run.configHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('hashes the files as sha256sum does', async () => {
    const { data } = await openRun(await makeCompetition());
    // printf 'id,text\nt1,five\nt2,six\n' | sha256sum
    expect(data.test).toBe('6902b9541515fe54cfb489ef12b152eb959d0443890d76a9596c3f43a726a288');
  });

  it('gives the same hash for the same work in other folders and under other names', async () => {
    const one = await openRun(await makeCompetition());
    const other = await openRun(await makeCompetition({ pipeline: { name: 'other' } }));
    expect(other.configHash).toBe(one.configHash);
    const defaults = await openRun(await makeCompetition({ pipeline: { metric: 'rmse', head: 'mean' } }));
    expect(defaults.configHash).toBe(one.configHash);
  });

  it.each([
    ['the learning rate', { pipeline: { training: { lr: 1e-3 } } }],
    ['the head', { pipeline: { head: 'cls' } }],
    ['the metric', { pipeline: { metric: 'mae' } }],
    ['the folds', { pipeline: { folds: { k: 3 } } }],
    [
      'the data',
      {
        files: {
          'train.csv': 'id,text,y\na,one,1\nb,two,2\n',
          'test.csv': 'id,text\nt,x\n',
          'sample.csv': 'id,y\nt,0\n',
        },
      },
    ],
  ])('gives another hash for another value of %s', async (_, options) => {
    const one = await openRun(await makeCompetition());
    expect((await openRun(await makeCompetition(options))).configHash).not.toBe(one.configHash);
  });

  it('hashes targets as they are as it did before they could be standardized', async () => {
    const hash = async (training: object): Promise<string> =>
      (await openRun(await makeCompetition({ pipeline: { training } }))).configHash;
    const plain = await hash({});
    expect(await hash({ standardizeTargets: false })).toBe(plain);
    expect(await hash({ standardizeTargets: true })).not.toBe(plain);
  });

  it('refuses to standardize what are no numbers', async () => {
    const files = {
      'train.csv': 'id,text,y\na,one,0\nb,two,1\nc,three,0\nd,four,1\n',
      'test.csv': 'id,text\nt,x\n',
      'sample.csv': 'id,y\nt,0\n',
    };
    const manifest = { task: 'binary', metric: 'roc-auc' };
    const pipeline = { training: { standardizeTargets: true } };
    await expect(makeCompetition({ files, manifest, pipeline }).then(openRun)).rejects.toThrow(
      'training.standardizeTargets is for regression, and a binary task has no numbers to standardize; leave it out, or set it to false',
    );
  });

  it("tells metrics of the user's own by name and text", async () => {
    const own = (name: string, score: () => number) =>
      defineMetric({ name, direction: 'lower', takes: 'numbers', score });
    const hash = async (metric: OwnMetric): Promise<string> =>
      (await openRun(await makeCompetition({ pipeline: { metric } }))).configHash;
    const one = await hash(own('one', () => 1));
    expect(await hash(own('one', () => 1))).toBe(one);
    expect(await hash(own('two', () => 1))).not.toBe(one);
    expect(await hash(own('one', () => 2))).not.toBe(one);
  });

  it('tells a folder of weights by its content, not by its path', async () => {
    const weights = async (content: string): Promise<string> => {
      const { data } = await makeCompetition();
      const folder = join(data, 'my-encoder');
      await mkdir(folder);
      await writeFile(join(folder, 'model.safetensors'), content);
      return folder;
    };
    const hash = async (encoder: string): Promise<string> =>
      (await openRun(await makeCompetition({ pipeline: { encoder } }))).configHash;
    const one = await hash(await weights('1'));
    expect(await hash(await weights('1'))).toBe(one);
    expect(await hash(await weights('2'))).not.toBe(one);
  });

  it('tells weights in other forms by the content of all their files', async () => {
    const weights = async (files: Record<string, string>): Promise<string> => {
      const { data } = await makeCompetition();
      const folder = join(data, 'my-encoder');
      await mkdir(folder);
      for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
      return folder;
    };
    const hash = async (files: Record<string, string>): Promise<string> =>
      (await openRun(await makeCompetition({ pipeline: { encoder: await weights(files) } }))).configHash;
    const index = JSON.stringify({ weight_map: { a: 'one.bin', b: 'two.bin' } });
    const shards = { 'pytorch_model.bin.index.json': index, 'one.bin': '1', 'two.bin': '2' };
    expect(await hash(shards)).toBe(await hash(shards));
    expect(await hash({ ...shards, 'two.bin': '3' })).not.toBe(await hash(shards));
    expect(await hash({ 'pytorch_model.bin': '1' })).toBe(await hash({ 'model.safetensors': '1' }));
    expect(await hash({ 'pytorch_model.bin': '1' })).not.toBe(await hash({ 'pytorch_model.bin': '2' }));
  });

  it('refuses a record that does not agree', async () => {
    const options = await makeCompetition();
    const run = await openRun(options);
    await mkdir(run.folder, { recursive: true });
    const record = { format: 1, kind: 'training', configHash: run.configHash, foldsHash: 'another' };
    await writeFile(join(run.folder, 'run.json'), JSON.stringify(record));
    await expect(openRun(options)).rejects.toThrow(
      /run\.json is not the record of this run: foldsHash is "another" instead of/,
    );
  });

  it('refuses a metric that the task does not have', async () => {
    await expect(makeCompetition({ pipeline: { metric: 'accuracy' } }).then(openRun)).rejects.toThrow(
      'does not fit a regression task',
    );
  });
});
