/** Makes `data/<name>` and `pipelines/<name>` from a competition's files; they appear whole, or not at all. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fitFiles, loadCompetition, type Finding, type Inferred, type Taken } from '@foldwise/data';
import { z } from 'zod';
import { knownHead } from '../heads/known-head.ts';
import { aFunction, common, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { addReference } from './add-reference.ts';
import { checkName } from './check-name.ts';
import { chooseFiles } from './choose-files.ts';
import { decideAll, type Question } from './decide-all.ts';
import { pipelineFiles } from './pipeline-files.ts';
import { Staging } from './staging.ts';

const shape = {
  ...common,
  /** Of the folders in `data/` and `pipelines/`. */
  name: text,
  /** The labelled rows: CSV, TSV, JSON, JSON Lines or Parquet; .gz or .zip. */
  train: text.optional(),
  /** The rows to predict. */
  test: text.optional(),
  /** The sample submission. */
  sample: text.optional(),
  /** Kaggle's zip or a folder, in which the three are found by name. */
  from: text.optional(),
  /** The column of the ids. */
  id: text.optional(),
  /** The column of the texts; several with commas between. */
  text: text.optional(),
  /** Train's column to predict; several with commas between. */
  target: text.optional(),
  /** A column whose equal rows stay in one fold. */
  group: text.optional(),
  /** What is asked for. */
  task: z.enum(['regression', 'binary', 'multi-class', 'multi-label', 'ordinal']).optional(),
  /** What the competition is scored by, such as `rmse` or `roc-auc`. */
  metric: text.optional(),
  /** Of files that are not UTF-8, such as `windows-1252`. */
  encoding: text.optional(),
  /** A model's name on the hub, or its folder. */
  encoder: text.optional(),
  /** How tokens become one vector. */
  head: text.optional(),
  /** The competition's. */
  title: z.string().optional(),
  /** Writes over what is there. */
  force: z.boolean().default(false),
  /** Answers what the files do not tell; without it, that is an error which names the option. */
  decide: aFunction<(question: Question) => string | Promise<string>>().optional(),
};

export type NewCompetitionOptions = OptionsOf<typeof shape>;

export interface NewCompetition {
  name: string;
  /** The folders that were made; absolute. */
  data: string;
  pipeline: string;
  /** What competition.json holds. */
  competition: { name: string; title: string; [key: string]: unknown };
  settings: Inferred['settings'];
  /** What was worked out, and why. */
  findings: readonly Finding[];
  /** What was changed in the files to make them fit. */
  changes: string[];
  rows: { train: number; test: number };
  /** What is left for a person to do. */
  notes: string[];
}

/**
 * @throws UsageError for a name that is taken, and for what only a person can tell, with the option that does; Error for
 * files that are not those of a competition
 */
export async function newCompetition(options: NewCompetitionOptions): Promise<NewCompetition> {
  const parsed = parseOptions('newCompetition', shape, options);
  const { name, force, head, encoder, title, signal, onNote, decide } = parsed;
  const workspace = findWorkspace(parsed.workspace);
  checkName(workspace, name, force);
  if (head !== undefined) await knownHead(head);
  const sources = await chooseFiles(parsed);

  const staging = new Staging();
  try {
    const data = await staging.folder(join(workspace, 'data'), name);
    onNote?.('Reading the files.');
    const { id, text, target, group, task, metric, encoding } = parsed;
    const answers = { id, text, target, group, task, metric, encoding };
    const { taken: found, inferred } = await decideAll(sources, data, { answers, decide, signal });
    const taken = await fitFiles(data, found, inferred);
    const json = {
      name,
      title: title ?? titled(name),
      files: { train: taken.train.file, test: taken.test.file, sample: taken.sample.file },
      ...inferred.manifest,
    };
    await writeFile(join(data, 'competition.json'), `${JSON.stringify(json, null, 2)}\n`);
    await writeFile(join(data, '.gitignore'), GITIGNORE);
    await check(data, taken);

    const pipeline = await staging.folder(join(workspace, 'pipelines'), name);
    await mkdir(pipeline, { recursive: true });
    for (const [file, content] of Object.entries(pipelineFiles(json, inferred.settings, { head, encoder })))
      await writeFile(join(pipeline, file), content);
    signal?.throwIfAborted();
    await staging.publish(force);
    const note = await addReference(workspace, name);
    return {
      name,
      data: join(workspace, 'data', name),
      pipeline: join(workspace, 'pipelines', name),
      competition: json,
      settings: inferred.settings,
      findings: inferred.findings,
      changes: Object.values(taken).flatMap(({ note }) => (note === undefined ? [] : [note])),
      rows: { train: taken.train.table.lines.length, test: taken.test.table.lines.length },
      notes: note === undefined ? [] : [note],
    };
  } finally {
    staging.dispose();
  }
}

/** Most competitions' rules, and the files' sizes, keep them out of public repositories; the manifest may be shared. */
const GITIGNORE =
  '# The files of a competition are not to be spread; competition.json may be.\n*\n!.gitignore\n!competition.json\n';

const titled = (name: string): string =>
  name[0]!.toUpperCase() +
  name
    .slice(1)
    .replace(/[-_.]+/g, ' ')
    .trimEnd();

/** What training would find wrong, by the names of the files that a person has. */
async function check(folder: string, taken: Record<string, Taken>): Promise<void> {
  try {
    await loadCompetition(folder);
  } catch (error) {
    const named = Object.values(taken).reduce(
      (message, { file, table }) => message.replaceAll(join(folder, file), table.path),
      (error as Error).message,
    );
    throw new Error(`${named}\nNothing was written.`, { cause: error });
  }
}
