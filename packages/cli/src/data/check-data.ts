/** Looks through a pipeline's competition, and writes `data-report.md` of what looks wrong. */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { checkCompetition, countFolds, splitColumns, type CheckedCompetition } from '@foldwise/data';
import writeFileAtomic from 'write-file-atomic';
import type { Context, Outcome } from '../commands/command.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { formatTable } from '../render/format.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';

/** Warnings of one kind that a person sees; the report has up to 100. */
const SHOWN = 3;

/**
 * @param name may be left out where there is one pipeline only
 * @param similarity how alike near-duplicates are
 * @throws Error with all that makes the files unusable
 */
export async function checkData(
  name: string | undefined,
  similarity: number,
  { overrides, progress, signal }: Context,
): Promise<Outcome> {
  const workspace = findWorkspace();
  const pipeline = await loadPipeline(workspace, name, overrides);
  const folder = join(workspace, 'submissions', pipeline.name);
  const data = join(workspace, 'data', pipeline.competition);
  const checked = await checkCompetition(data, {
    // Folds that follow from a column are as many as it has values.
    k: countFolds(pipeline.folds) ?? 2,
    extra: splitColumns(pipeline.folds),
    threshold: similarity,
    signal,
    onProgress: (share) => progress.update('looking for near-duplicates', share, 1, []),
  }).finally(() => progress.stop());
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'data-report.md');
  const short = (text: string): string => text.replaceAll(data, relative(process.cwd(), data));
  const files = checked.files.map(({ path, ...size }) => ({ path: short(path), ...size }));
  const warnings = checked.warnings.map(({ shown, ...kind }) => ({ ...kind, shown: shown.map(short) }));
  await writeFileAtomic(file, asMarkdown(pipeline.competition, similarity, { files, warnings }));
  const count = warnings.reduce((sum, kind) => sum + kind.count, 0);
  const text = [
    formatTable([
      ['file', 'rows', 'columns'],
      ...files.map(({ path, rows, columns }) => [path, String(rows), String(columns)]),
    ]),
    ...warnings.map(({ title, advice, count, shown }) =>
      [`${count} × ${title}. ${advice}`, ...shown.slice(0, SHOWN).map((line) => `  ${line}`)].join('\n'),
    ),
    count === 0
      ? 'Nothing looks wrong.'
      : `${count} warning${count === 1 ? '' : 's'}, none of which stops a training.`,
    `File: ${relative(process.cwd(), file)}`,
  ].join('\n');
  return {
    json: { pipeline: pipeline.name, competition: pipeline.competition, similarity, file, files, warnings },
    text,
  };
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
