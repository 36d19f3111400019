import { describe, expect, it } from 'vitest';
import { UsageError } from 'foldwise/usage-error';
import { commands } from './commands/commands.ts';
import { parse } from './parse.ts';

const refusal = async (argv: string[]): Promise<string> => {
  const error = await parse(argv).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(UsageError);
  return (error as Error).message;
};

describe('parse', () => {
  it('takes options that stand before the command', async () => {
    const parsed = await parse(['--head', 'cls', 'cv', 'tiny', '--training.lr', '1e-5']);
    expect(parsed?.command.name).toBe('cv');
    expect(parsed?.args).toMatchObject({ head: 'cls', pipeline: 'tiny' });
    expect(parsed?.overrides).toEqual({ 'training.lr': 1e-5 });
  });

  it('says how to write what it cannot tell apart', async () => {
    // Before the command, nothing tells that --quick takes no value.
    expect(await refusal(['--quick', 'folds'])).toBe(
      'write the command first, then its options: foldwise folds …',
    );
  });

  it.each([
    [
      ['cv', '--head', 'cls', '--head', 'mean'],
      '--head is given twice: "cls" and "mean"; leave all but one out',
    ],
    [
      ['new', 'a', '--from', 'x', '--zip', 'y', '--folder', 'z'],
      '--from is given 3 times: "x" and "y" and "z"; leave all but one out',
    ],
    [['cv', '--training.lr', '1', '--training.lr=2'], '--training.lr is given twice; leave one out'],
  ])('refuses %j by name', async (argv, message) => {
    expect(await refusal(argv)).toBe(message);
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'reads the examples of %s',
    async (name, { examples }) => {
      expect(examples.length).toBeGreaterThan(0);
      for (const [line] of examples) {
        const words = line.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''));
        expect((await parse(words))?.command.name).toBe(name);
      }
    },
  );
});
