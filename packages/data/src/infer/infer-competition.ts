/** Works out what a competition asks for from its train file, its test file and its sample submission together. */
import type { Task } from '../competition/manifest.ts';
import { missingAmong } from '../tables/missing-cells.ts';
import type { PipelineConfig } from '../pipeline/parse-pipeline.ts';
import { DECIMAL } from '../tables/cells.ts';
import { alignTest } from './align-test.ts';
import { chooseMetric } from './choose-metric.ts';
import { chooseSettings } from './choose-settings.ts';
import { columnProfile, countWords } from './column-profile.ts';
import { findGroup } from './find-group.ts';
import { findIds } from './find-ids.ts';
import { findTargets } from './find-targets.ts';
import { findTask } from './find-task.ts';
import { findTexts, SENTENCE } from './find-texts.ts';
import { cellsOf, type Finding, type Given, type Tables } from './tables.ts';

export interface Inferred {
  /** For the manifest, as it is written. */
  manifest: {
    columns: {
      id: string | { train?: string; test?: string; sample: string };
      text: string | string[];
      target: string | string[];
      group?: string;
    };
    task: Task;
    classes?: string[];
    metric: string;
    submission?: Record<string, string>;
  };
  /** For the pipeline. */
  settings: Pick<PipelineConfig, 'folds' | 'training' | 'postProcessing'>;
  /** The test file's column that must be called as in train. */
  renamed?: { from: string; to: string };
  /** What was worked out and from what. */
  findings: Finding[];
}

/**
 * @throws Undecided where nothing tells; Error where the files are not those of a competition that Foldwise takes
 */
export function inferCompetition(files: Tables, given: Given = {}): Inferred {
  for (const { path, lines } of Object.values(files) as Tables['train'][])
    if (lines.length === 0) throw new Error(`${path}: there are no rows below the column names`);
  for (const file of Object.values(files) as Tables['train'][]) requireNames(file);
  const { test, renamed } = alignTest(files);
  const train = withoutMissing(files.train);
  const tables = { ...files, train, test };
  const profiles = new Map(train.header.map((name) => [name, columnProfile(name, cellsOf(train, name))]));
  const ids = findIds(tables, given);
  const context = { given, profiles };
  const targets = findTargets(tables, ids, context);
  const { target, submission } = targets;
  const idNames = [ids.train, ids.test, ids.sample].filter((name) => name !== undefined);
  const { text, unused, finding: textFinding } = findTexts(tables, [...idNames, ...target], context);
  const { task, classes, finding: taskFinding } = findTask(tables, targets, context);
  const { metric, finding: metricFinding } = chooseMetric(tables, task, { targets, text, ...context });
  const grouped = findGroup(tables, unused, context);
  const { settings, findings } = chooseSettings(tables, {
    text,
    target,
    task,
    metric,
    group: grouped?.group,
    profiles,
  });
  const isOneName = ids.train === ids.test && ids.test === ids.sample;
  const ignored = [...unused, ...train.header.filter((name) => !tables.test.header.includes(name))].filter(
    (name) => ![...idNames, ...target, grouped?.group].includes(name),
  );
  return {
    manifest: {
      columns: {
        id: isOneName
          ? ids.sample
          : {
              ...(ids.train !== undefined && { train: ids.train }),
              ...(ids.test !== undefined && { test: ids.test }),
              sample: ids.sample,
            },
        text: text.length === 1 ? text[0]! : text,
        target: target.length === 1 ? target[0]! : target,
        ...(grouped?.group !== undefined && { group: grouped.group }),
      },
      task,
      ...(classes && { classes }),
      metric,
      ...(Object.keys(submission).length > 0 && { submission }),
    },
    settings,
    ...(renamed && { renamed }),
    findings: [
      ids.finding,
      renamed ? { ...textFinding, why: `${textFinding.why}; test calls it ${renamed.from}` } : textFinding,
      targets.finding,
      taskFinding,
      metricFinding,
      ...(grouped ? [grouped.finding] : []),
      ...findings,
      ...(ignored.length > 0
        ? [{ what: 'not used', value: ignored.join(', '), why: 'neither ids, texts nor targets' }]
        : []),
    ],
  };
}

/** The table with empty cells where values are missing, however that is written. */
function withoutMissing(file: Tables['train']): Tables['train'] {
  const columns = new Map<string, string[]>();
  const emptied = (name: string): string[] => {
    const cells = file.cells(name);
    const isMissing = missingAmong(new Set(cells));
    return cells.some((cell) => cell !== '' && isMissing(cell))
      ? cells.map((cell) => (isMissing(cell) ? '' : cell))
      : cells;
  };
  return {
    ...file,
    cells: (name) => {
      if (!columns.has(name)) columns.set(name, emptied(name));
      return columns.get(name)!;
    },
  };
}

/** @throws Error where the first line is a row like others: a sentence among its fields, and a number or a label that comes again */
function requireNames({ path, header, cells }: Tables['train']): void {
  const isSentence = (name: string): boolean => countWords(name) >= SENTENCE;
  const isCell = (name: string): boolean =>
    DECIMAL.test(name) || (!isSentence(name) && name !== '' && cells(name).includes(name));
  if (!header.some(isSentence) || !header.some(isCell)) return;
  const shown = header.map((name) => (name.length > 20 ? `${name.slice(0, 20)}…` : name)).join(', ');
  throw new Error(
    `${path}:1: expected the names of the columns, got what looks like a row: ${shown}; write a line of names above it`,
  );
}
