/** `foldwise heads`: lists the ways in which tokens become one vector, from the registry of heads. */
import type { Command } from './command.ts';

export const heads: Command = {
  name: 'heads',
  describe: 'list the heads: how the tokens of a text become one vector',
  positionals: {},
  options: {},
  async run() {
    const { heads: kinds } = await import('@foldwise/heads');
    const json = Object.entries(kinds).map(([name, { syntax, description, source, examples }]) => ({
      name,
      syntax,
      description,
      source,
      examples,
    }));
    const width = Math.max(...json.map(({ syntax }) => syntax.length));
    const text = [
      ...json.map(({ syntax, description, source }) => `${syntax.padEnd(width)}  ${description} (${source})`),
      '→ Take one with --head, or with "head" in pipeline.ts.',
    ].join('\n');
    return { json, text };
  },
};
