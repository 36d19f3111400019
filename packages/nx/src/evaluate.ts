/**
 * A process of its own that evaluates one `pipeline.ts`, so that whatever it does and imports stays out of Nx's process.
 * Arguments: the workspace and the file within it. Prints JSON: the evaluated pipeline, and the files that it came from.
 */
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import type { EvaluatedPipeline } from './evaluated-pipeline.ts';

const [workspace, where] = process.argv.slice(2) as [string, string];
const files = new Set<string>();
register({
  onImport: (url) => {
    if (url.startsWith('file:')) files.add(fileURLToPath(url));
  },
});

async function evaluate(): Promise<EvaluatedPipeline> {
  const { countFolds, experimentsOf, parsePipeline } = await import('@foldwise/data');
  let value: unknown;
  try {
    value = ((await import(pathToFileURL(join(workspace, where)).href)) as { default?: unknown }).default;
  } catch (error) {
    return { error: `${where} cannot be loaded: ${(error as Error).message}` };
  }
  try {
    const pipeline = parsePipeline(value, where);
    const folder = basename(dirname(where));
    if (pipeline.name !== folder)
      return {
        error: `${where}: name: expected "${folder}", the name of its folder, got "${pipeline.name}"`,
      };
    return {
      competition: pipeline.competition,
      named: pipeline.experiments !== undefined,
      experiments: experimentsOf(pipeline, where).map((experiment) => ({
        name: experiment.name,
        settings: experiment.pipeline,
        folds: countFolds(experiment.pipeline.folds) ?? null,
      })),
    };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

const evaluated = await evaluate();
await setTimeout(20); // tsx tells of imports from a thread of its own.
const json = JSON.stringify({ evaluated, files: [join(workspace, where), ...files] }, (_, value: unknown) =>
  typeof value === 'function' ? String(value) : value,
);
// Not to stdout, which is the pipeline's own.
process.send!(json);
process.disconnect();
