import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';
import { UsageError } from 'foldwise/usage-error';

describe('foldwise heads', () => {
  it('lists how each head is written, what it is and where it is from', async () => {
    const { text, json } = (await execute(['heads']))!;
    expect(text).toMatch(
      /^mean +the mean over the tokens \(GlobalAveragePooling1D that leaves padding out\) \(Reimers & Gurevych 2019\)$/m,
    );
    expect(text).toMatch(/^token:\S+ +\S.*$/m);
    expect(text).toContain('--head');
    expect(json).toContainEqual({
      name: 'cls',
      syntax: 'cls',
      description: "the first token's hidden state",
      source: 'Devlin et al. 2019',
      examples: ['cls'],
    });
  });

  it('needs no workspace', async () => {
    const before = process.cwd();
    process.chdir(tmpdir());
    const { listHeads } = await import('foldwise');
    try {
      expect((await execute(['heads']))?.json).toHaveLength((await listHeads()).length);
    } finally {
      process.chdir(before);
    }
  });

  it('lists what --head takes; for another, the nearest is named before anything is trained', async () => {
    const before = process.cwd();
    await enterWorkspace();
    try {
      await expect(execute(['fold', '--head', 'concat:cls+maen'])).rejects.toThrow(
        new UsageError(
          `Head "concat:cls+maen": Unknown head "maen". Did you mean "mean"? Known heads: ${(await (await import('foldwise')).listHeads()).map(({ name }) => name).join(', ')}.`,
        ),
      );
    } finally {
      process.chdir(before);
    }
  });
});
