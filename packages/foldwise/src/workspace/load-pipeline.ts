/** Loads a pipeline's configuration by name, with the changes that a call asks for. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearestName, parsePipeline, withKind, type Pipeline } from '@foldwise/data';
import { isOwnMetric } from '@foldwise/metrics';
import type { Overrides } from '../options/settings.ts';
import { UsageError } from '../usage-error.ts';

/**
 * @param name may be left out where there is one pipeline only
 * @throws UsageError for an unknown pipeline and wrong overrides; Error for a wrong `pipeline.ts`
 */
export async function loadPipeline(
  workspace: string,
  name: string | undefined,
  overrides: Overrides = {},
): Promise<Pipeline> {
  const chosen = choose(await pipelineNames(workspace), name);
  const where = join('pipelines', chosen, 'pipeline.ts');
  const pipeline = parsePipeline(await load(join(workspace, where), where), where);
  if (pipeline.name !== chosen)
    throw new Error(`${where}: name: expected "${chosen}", the name of its folder, got "${pipeline.name}"`);
  if (Object.keys(overrides).length === 0) return pipeline;
  const { metric, ...settings } = pipeline; // One of the user's own has a function, which cannot be cloned.
  const changed: Record<string, unknown> = { ...structuredClone(settings), metric };
  const kind = overrides['folds.kind'];
  if (kind !== undefined) changed['folds'] = withKind(pipeline.folds, kind);
  for (const [path, value] of Object.entries(overrides)) put(changed, path.split('.'), value);
  try {
    return parsePipeline(changed, 'settings');
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error, option: 'settings' });
  }
}

/** @returns the names of the folders in `pipelines/` that hold a `pipeline.ts`, sorted */
export async function pipelineNames(workspace: string): Promise<string[]> {
  const names = await readdir(join(workspace, 'pipelines'));
  return names.filter((name) => existsSync(join(workspace, 'pipelines', name, 'pipeline.ts'))).sort();
}

function choose(known: string[], name: string | undefined): string {
  if (known.length === 0)
    throw new UsageError('there is no pipeline yet: expected pipelines/<name>/pipeline.ts');
  const list = `known are ${known.join(', ')}`;
  if (name === undefined) {
    if (known.length > 1) throw new UsageError(`name a pipeline: ${list}`);
    return known[0]!;
  }
  if (!known.includes(name))
    throw new UsageError(
      `there is no pipeline "${name}"; the nearest is "${nearestName(name, known)}"; ${list}`,
    );
  return name;
}

async function load(path: string, where: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
    return module.default;
  } catch (error) {
    throw new Error(`${where} cannot be loaded: ${(error as Error).message}`, { cause: error });
  }
}

/** Makes the objects on the way where there are none, so that the schema can name what is unknown. */
function put(target: Record<string, unknown>, [key, ...deeper]: string[], value: unknown): void {
  if (deeper.length === 0) {
    target[key!] = value;
    return;
  }
  const inner = target[key!];
  const open = typeof inner === 'object' && inner !== null && !isOwnMetric(inner);
  const next = open ? (inner as Record<string, unknown>) : {};
  target[key!] = next;
  put(next, deeper, value);
}
