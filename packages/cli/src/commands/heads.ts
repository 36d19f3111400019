/** `foldwise heads`: lists the ways in which tokens become one vector. */
import type { Command } from './command.ts';

export const heads: Command = {
  name: 'heads',
  describe: 'list the heads: how the tokens of a text become one vector',
  positionals: {},
  options: {},
  examples: [
    ['heads', 'how each is written, what it is, where it is from'],
    ['heads --json', 'the same for programs, with examples'],
  ],
  async run() {
    const { listHeads } = await import('foldwise');
    const json = await listHeads();
    const width = Math.max(...json.map(({ syntax }) => syntax.length));
    const text = [
      ...json.map(({ syntax, description, source }) => `${syntax.padEnd(width)}  ${description} (${source})`),
      '→ Take one with --head, or with "head" in pipeline.ts.',
    ].join('\n');
    return { json, text };
  },
};
