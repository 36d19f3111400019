/** `foldwise check`: looks through a competition's files, and writes a report of what looks wrong. */
import type { CompetitionReport } from 'foldwise';
import { pipelinePositional } from '../options/pipeline-options.ts';
import { formatTable } from '../render/format.ts';
import { here } from '../render/here.ts';
import type { Command } from './command.ts';

/** Warnings of one kind that a person sees; the report has up to 100. */
const SHOWN = 3;

export const check: Command = {
  name: 'check',
  describe: 'look for what is wrong with the competition’s files, near-duplicate texts included',
  positionals: pipelinePositional,
  options: {
    similarity: {
      type: 'number',
      default: 0.8,
      describe: 'how alike texts must be to be named, 0.7 to 1',
    },
  },
  examples: [
    ['check movie-sentiment', 'say what looks wrong, and write data-report.md'],
    ['check movie-sentiment --similarity 0.95', 'name texts only where they are nearly the same'],
  ],
  takesOverrides: true,
  async run({ pipeline, similarity }, { overrides, listeners }) {
    const { checkCompetition } = await import('foldwise');
    const report = await checkCompetition({
      ...listeners,
      pipeline: pipeline as string | undefined,
      similarity: similarity as number,
      settings: overrides,
    });
    const { data, ...json } = report;
    return { json, text: describe(report) };
  },
};

function describe({ data, files, warnings, file }: CompetitionReport): string {
  const short = (text: string): string => text.replaceAll(data, here(data));
  const count = warnings.reduce((sum, kind) => sum + kind.count, 0);
  return [
    formatTable([
      ['file', 'rows', 'columns'],
      ...files.map(({ path, rows, columns }) => [short(path), String(rows), String(columns)]),
    ]),
    ...warnings.map(({ title, advice, count, shown }) =>
      [`${count} × ${title}. ${advice}`, ...shown.slice(0, SHOWN).map((line) => `  ${short(line)}`)].join(
        '\n',
      ),
    ),
    count === 0
      ? 'Nothing looks wrong.'
      : `${count} warning${count === 1 ? '' : 's'}, none of which stops a training.`,
    `File: ${here(file)}`,
  ].join('\n');
}
