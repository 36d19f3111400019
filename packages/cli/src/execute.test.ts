import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from './execute.ts';
import { UsageError } from 'foldwise/usage-error';

const before = process.cwd();
beforeEach(async () => {
  await enterWorkspace();
});
afterAll(() => process.chdir(before));

describe('execute', () => {
  it.each([
    [[], 'name a command: new, check, folds, fold, cv'],
    [['fld'], 'there is no command "fld"; the nearest is "fold"; known are new, check, folds, fold, cv'],
    [['fold', '--hed', 'cls'], 'fold has no option --hed; the nearest is --head;'],
    [['fold', '--lr'], '--lr needs a value'],
    [['fold', '--training.lr'], '--training.lr needs a value'],
    [['fold', 'tiny', 'other'], 'unexpected "other": expected foldwise fold [pipeline]'],
    [['fold', 'tiyn'], 'there is no pipeline "tiyn"; the nearest is "tiny"; known are tiny'],
    [['fold', '--fold', '7'], 'there is no fold 7: with 2 folds they are numbered from 0 to 1'],
    [['fold', '--fold', 'x'], '"x" is no fold'],
    [['cv', '--folds', '0,2'], 'there is no fold 2'],
    [['fold', '--lr', 'fast'], 'the command line: training.lr: expected number, got "fast"'],
    [['fold', '--lr', '1', '--training.lr', '2'], '--lr and --training.lr are the same; leave one out'],
    [['fold', '--training.ephocs', '3'], 'unknown key "ephocs"; the nearest known one is "epochs"'],
    [['fold', '--threads', '0'], '--threads: expected a whole number of at least 1, got "0"'],
    [['cv', '--device', 'tpu'], '--device: expected cpu, gpu, gpu:0, gpu:1 and so on, or auto, got "tpu"'],
    [['fold', '--engine', 'gpu'], '--engine: expected "auto", "tensorflow", "wasm", got "gpu"'],
    [['score', 'a.csv'], 'expected foldwise score <predictions> <truth>'],
    [['score', 'a.csv', 'b.csv'], 'score needs --metric'],
    [['score', 'a.csv', 'b.csv', '--metric', 'rsme'], 'there is no metric "rsme"; the nearest is'],
    [['doctor', '--training.lr', '1'], 'doctor does not take --training.lr'],
  ])('refuses %j as wrong use', async (args, message) => {
    const error = await execute(args).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
  });

  it('asks for a pipeline where there are several', async () => {
    await enterWorkspace({ 'pipelines/other/pipeline.ts': '' });
    await expect(execute(['folds'])).rejects.toThrow(
      new UsageError('name a pipeline: known are other, tiny'),
    );
  });

  it('says where it must be run', async () => {
    process.chdir(tmpdir());
    await expect(execute(['folds'])).rejects.toThrow('is not in a Foldwise workspace');
  });

  it('names the place in a wrong pipeline', async () => {
    await enterWorkspace({ 'pipelines/tiny/pipeline.ts': "export default { name: 'tiny', heads: 1 };" });
    const where = join('pipelines', 'tiny', 'pipeline.ts');
    await expect(execute(['folds'])).rejects.toThrow(
      `${where}: unknown key "heads"; the nearest known one is "head"`,
    );
    await enterWorkspace({ 'pipelines/tiny/pipeline.ts': "export default { name: 'other' };" });
    await expect(execute(['folds'])).rejects.toThrow(
      `${where}: name: expected "tiny", the name of its folder, got "other"`,
    );
    await enterWorkspace({ 'pipelines/tiny/pipeline.ts': "export default { name: 'tiny'" });
    await expect(execute(['folds'])).rejects.toThrow(`${where} cannot be loaded: `);
  });

  it('describes the folds of what the options ask for', async () => {
    await enterWorkspace({
      'data/tiny/competition.json': (await readFile('data/tiny/competition.json', 'utf8'))
        .replace('regression', 'binary')
        .replace('rmse', 'roc-auc'),
      'data/tiny/train.csv': 'id,text,y\na,one,1\nb,two,0\nc,three,0\nd,four,0\n',
    });
    const outcome = await execute(['folds', '--folds.k', '2', '--folds.kind=stratified']);
    expect(outcome?.json).toMatchObject({ pipeline: 'tiny', kind: 'stratified', folds: 2, names: ['y'] });
    expect(outcome?.text).toMatch(/^all +4 +4 +0\.2500$/m);
    expect(outcome?.text).toContain('Beware: "y" = 1 has 1 row for 2 folds: some folds lack it');
  });
});
