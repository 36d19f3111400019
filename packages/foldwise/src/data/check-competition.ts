/** Looks through a pipeline's competition, and writes `data-report.md` of what looks wrong. */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  checkCompetition as checkFiles,
  countFolds,
  splitColumns,
  type CheckedCompetition,
} from '@foldwise/data';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { ofPipeline, parseOptions, settings, type OptionsOf } from '../options/options.ts';
import { toOverrides } from '../options/settings.ts';
import { UsageError } from '../usage-error.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';

const shape = {
  ...ofPipeline,
  ...settings,
  /** How alike texts must be to be named, 0.7 to 1: their Jaccard similarity. */
  similarity: z.number().default(0.8),
};

export type CheckCompetitionOptions = OptionsOf<typeof shape>;

/** Paths are absolute, those in texts too. */
export interface CompetitionReport extends CheckedCompetition {
  pipeline: string;
  competition: string;
  similarity: number;
  /** The folder of the competition's files. */
  data: string;
  /** The report, in Markdown. */
  file: string;
}

/** @throws UsageError for a similarity that cannot be looked for; Error with all that makes the files unusable */
export async function checkCompetition(options: CheckCompetitionOptions = {}): Promise<CompetitionReport> {
  const {
    workspace: from,
    pipeline: name,
    settings: changes,
    similarity,
    signal,
    onProgress,
  } = parseOptions('checkCompetition', shape, options);
  if (!(similarity >= 0.7 && similarity <= 1))
    throw new UsageError(`expected a number from 0.7 to 1, got ${similarity}`, { option: 'similarity' });
  const workspace = findWorkspace(from);
  const pipeline = await loadPipeline(workspace, name, toOverrides(changes));
  const folder = join(workspace, 'submissions', pipeline.name);
  const data = join(workspace, 'data', pipeline.competition);
  const checked = await checkFiles(data, {
    // Folds that follow from a column are as many as it has values.
    k: countFolds(pipeline.folds) ?? 2,
    extra: splitColumns(pipeline.folds),
    threshold: similarity,
    signal,
    onProgress: (share) =>
      onProgress?.({ kind: 'work', what: 'looking for near-duplicates', done: share, total: 1 }),
  });
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'data-report.md');
  const short = (text: string): string => text.replaceAll(data, relative(workspace, data));
  await writeFileAtomic(
    file,
    asMarkdown(pipeline.competition, similarity, {
      files: checked.files.map(({ path, ...size }) => ({ path: short(path), ...size })),
      warnings: checked.warnings.map(({ shown, ...kind }) => ({ ...kind, shown: shown.map(short) })),
    }),
  );
  return { pipeline: pipeline.name, competition: pipeline.competition, similarity, data, file, ...checked };
}

function asMarkdown(
  competition: string,
  similarity: number,
  { files, warnings }: CheckedCompetition,
): string {
  const kinds = warnings.flatMap(({ title, advice, count, shown }) => [
    `## ${count} × ${title}`,
    '',
    advice,
    '',
    ...shown.map((line) => `- \`${line.replaceAll('`', "'")}\``),
    ...(count > shown.length ? [`- and ${count - shown.length} more`] : []),
    '',
  ]);
  return [
    `# The data of ${competition}`,
    '',
    '| file | rows | columns |',
    '| --- | --- | --- |',
    ...files.map(({ path, rows, columns }) => `| ${path} | ${rows} | ${columns} |`),
    '',
    `Texts are nearly the same from a similarity (Jaccard, of runs of five characters) of ${similarity} on.`,
    '',
    ...(kinds.length > 0 ? kinds : ['Nothing looks wrong.', '']),
  ].join('\n');
}
