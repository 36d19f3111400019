import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossValidate, trainFold } from '../runs/cross-validate.ts';
import { leaderboard } from '../leaderboard/leaderboard.ts';
import { makeFolds } from '../data/make-folds.ts';
import { enterWorkspace } from '../testing/enter-workspace.ts';
import { UsageError } from '../usage-error.ts';
import { toOverrides } from './settings.ts';

const before = process.cwd();
let workspace: string;
beforeAll(async () => {
  workspace = await enterWorkspace();
  process.chdir(before);
});
afterAll(() => process.chdir(before));

const refusal = async (call: Promise<unknown>): Promise<UsageError> => {
  const error = await call.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UsageError);
  return error as UsageError;
};

describe('options', () => {
  it('names the nearest of what is unknown, and what is wrong with a value', async () => {
    const unknown = { pipelin: 'tiny' } as object;
    expect((await refusal(crossValidate(unknown))).message).toBe(
      'crossValidate: unknown key "pipelin"; the nearest known one is "pipeline"',
    );
    const wrong = { threads: 0, device: 'tpu' } as object;
    expect((await refusal(trainFold(wrong))).message.split('\n')).toEqual([
      'trainFold: threads: expected number to be >=1, got 0',
      'trainFold: device: expected cpu, gpu, gpu:0, gpu:1 and so on, or auto, got "tpu"',
    ]);
  });

  it('checks settings with the pipeline, before anything slow starts', async () => {
    const settings = { training: { lr: 'fast' } } as never;
    expect(await refusal(crossValidate({ workspace, settings }))).toMatchObject({
      message: 'settings: training.lr: expected number, got "fast"',
      option: 'settings',
    });
    expect((await refusal(crossValidate({ workspace, folds: [0, 2] }))).message).toBe(
      'there is no fold 2: with 2 folds they are numbered from 0 to 1',
    );
  });

  it('names the option where the message does not', async () => {
    expect(await refusal(leaderboard({ workspace, alpha: 2 }))).toMatchObject({
      message: 'expected a number between 0 and 1, got 2',
      option: 'alpha',
    });
  });

  it('takes the workspace from an option, and gives rows as a table', async () => {
    const { table, file } = await makeFolds({ workspace, quick: true });
    expect(file.startsWith(workspace)).toBe(true);
    expect(table().columnNames()).toEqual(['id', 'fold']);
    expect([...(table().array('fold') as Iterable<number>)].sort()).toEqual([0, 1]);
  });

  it('stops where the signal says so', async () => {
    const reason = new Error('enough');
    await expect(makeFolds({ workspace, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('toOverrides', () => {
  it('gives the paths of what is changed, and leaves the rest of a section', () => {
    expect(
      toOverrides({
        head: 'cls',
        training: { seed: 1 },
        postProcessing: { kind: 'clip' },
        'folds.k': 3,
        encoder: undefined,
      }),
    ).toEqual({ head: 'cls', 'training.seed': 1, postProcessing: { kind: 'clip' }, 'folds.k': 3 });
  });
});
