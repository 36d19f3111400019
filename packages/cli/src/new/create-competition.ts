/** Makes `data/<name>` and `pipelines/<name>` from a competition's files; they appear whole, or not at all. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fitFiles, loadCompetition, type Finding, type Inferred, type Taken } from '@foldwise/data';
import { bold } from '../render/format.ts';
import type { Arguments, Context, Outcome } from '../commands/command.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { knownHead } from '../options/known-head.ts';
import { addReference } from './add-reference.ts';
import { checkName } from './check-name.ts';
import { chooseFiles } from './choose-files.ts';
import { decideAll } from './decide-all.ts';
import { pipelineFiles } from './pipeline-files.ts';
import { Staging } from './staging.ts';

/**
 * @throws UsageError for a name that is taken, and for what only a person can tell, with the option that does; Error for
 * files that are not those of a competition
 */
export async function createCompetition(args: Arguments, context: Context): Promise<Outcome> {
  const { progress, signal } = context;
  const workspace = findWorkspace();
  const name = String(args['name']);
  checkName(workspace, name, Boolean(args['force']));
  const head = args['head'] as string | undefined;
  if (head !== undefined) await knownHead(head);
  const sources = await chooseFiles(args);

  const staging = new Staging();
  try {
    const data = await staging.folder(join(workspace, 'data'), name);
    progress.note('Reading the files.');
    const { taken: found, inferred } = await decideAll(sources, data, { args, context });
    const taken = await fitFiles(data, found, inferred);
    const json = {
      name,
      title: (args['title'] as string | undefined) ?? titled(name),
      files: { train: taken.train.file, test: taken.test.file, sample: taken.sample.file },
      ...inferred.manifest,
    };
    await writeFile(join(data, 'competition.json'), `${JSON.stringify(json, null, 2)}\n`);
    await writeFile(join(data, '.gitignore'), GITIGNORE);
    await check(data, taken);

    const pipeline = await staging.folder(join(workspace, 'pipelines'), name);
    await mkdir(pipeline, { recursive: true });
    const encoder = args['encoder'] as string | undefined;
    for (const [file, content] of Object.entries(pipelineFiles(json, inferred.settings, { head, encoder })))
      await writeFile(join(pipeline, file), content);
    signal.throwIfAborted();
    await staging.publish(Boolean(args['force']));
    const note = await addReference(workspace, name);
    return describe(workspace, json, { taken, inferred, notes: note === undefined ? [] : [note] });
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

function describe(
  workspace: string,
  json: { name: string },
  {
    taken,
    inferred,
    notes,
  }: { taken: Record<'train' | 'test' | 'sample', Taken>; inferred: Inferred; notes: string[] },
): Outcome {
  const { name } = json;
  const here = (path: string): string => relative(process.cwd(), join(workspace, path));
  const changes = Object.values(taken).flatMap(({ note }) => (note === undefined ? [] : [note]));
  const lines = [
    bold(`${name}: ${taken.train.table.lines.length} train rows, ${taken.test.table.lines.length} test rows`),
    ...changes,
    ...inferred.findings.map(line),
    `Files: ${here(`data/${name}/competition.json`)}, ${here(`pipelines/${name}/pipeline.ts`)}; change there what is not as it should be`,
    ...notes,
    `Next: npx foldwise cv ${name}`,
  ];
  return {
    json: {
      name,
      data: here(`data/${name}`),
      pipeline: here(`pipelines/${name}`),
      competition: json,
      settings: inferred.settings,
      findings: inferred.findings,
      changes,
    },
    text: lines.join('\n'),
  };
}

function line({ what, value, why, others }: Finding): string {
  const or = others ? `; or ${others.join(', ')}: --${what}` : '';
  return `  ${what.padEnd(9)} ${value} (${why}${or})`;
}
