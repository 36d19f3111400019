/** Looks at what a pipeline needs, for `doctor`: its configuration, its head, its data and its encoder. Downloads nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadCompetition, splitColumns } from '@foldwise/data';
import { knownHead } from '../heads/known-head.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';

export interface PipelineState {
  pipeline: string;
  /** Undefined where all is fine. */
  problem: string | undefined;
  encoder: string | undefined;
  /** The folder of the encoder's files; undefined where they are not here yet. */
  model: string | undefined;
}

/** Never throws: what is wrong is the `problem`. */
export async function examinePipeline(
  workspace: string,
  name: string,
  cache: string,
): Promise<PipelineState> {
  const { resolveModel } = await import('@foldwise/encoders');
  try {
    const { competition, encoder, head, folds } = await loadPipeline(workspace, name);
    await knownHead(head);
    const found = await resolveModel(encoder, { cacheFolder: cache, offline: true }).catch(() => undefined);
    const state = { pipeline: name, encoder, model: found?.folder };
    const data = join(workspace, 'data', competition);
    if (!existsSync(join(data, 'competition.json')))
      return { ...state, problem: `${data} lacks competition.json` };
    const problem = await loadCompetition(data, splitColumns(folds)).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    return { ...state, problem };
  } catch (error) {
    return { pipeline: name, problem: (error as Error).message, encoder: undefined, model: undefined };
  }
}
