/** Blends the complete runs of a pipeline, and writes the blend and its submission. */
import { join } from 'node:path';
import type { ListedRun } from '@foldwise/runs';
import type { ColumnTable } from 'arquero';
import { z } from 'zod';
import { ofPipeline, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { predictionTable } from '../runs/prediction-table.ts';
import { UsageError } from '../usage-error.ts';
import { openWorkspace } from '../workspace/open-workspace.ts';
import type { BlendedRuns } from './blend-runs.ts';
import type { EnsembleMetrics } from './ensemble-record.ts';
import { knownMethods } from './known-methods.ts';
import { writeEnsemble } from './write-ensemble.ts';

const shape = {
  ...ofPipeline,
  /** How, such as `mean`, `hill` or `ridge`; several, or `all`: the best is written. */
  method: z.union([text, z.array(text).min(1)]).default('mean'),
  /** Only these, by their names; default: all complete ones. */
  runs: z.array(text).optional(),
  /** The same weights for all targets, instead of each its own. */
  sharedWeights: z.boolean().default(false),
};

export type EnsembleOptions = OptionsOf<typeof shape>;

export interface Ensemble extends Omit<BlendedRuns, 'oof' | 'test' | 'truth' | 'shared'> {
  pipeline: string;
  /** Absolute. */
  folder: string;
  metrics: EnsembleMetrics;
  /** Of the chosen method: nested, in the order of the train rows; the ids first. */
  oof: () => ColumnTable;
  /** Of the chosen method, fitted to all train rows. */
  test: () => ColumnTable;
}

/**
 * @throws UsageError for an unknown method or run, and one that is not complete; Error for less than two runs, and as
 * `blendRuns`
 */
export async function ensemble(options: EnsembleOptions = {}): Promise<Ensemble> {
  const {
    method,
    runs: asked,
    sharedWeights,
    onProgress,
    signal,
    ...where
  } = parseOptions('ensemble', shape, options);
  const methods = knownMethods(method);
  const opened = await openWorkspace(where);
  const { pipeline, submissions, competition } = opened;
  const runs = await chooseRuns(submissions, pipeline.name, asked);
  const folder = join(submissions, pipeline.name, 'ensemble');
  const { metrics, blended } = await writeEnsemble(opened, runs, folder, {
    methods,
    shared: sharedWeights,
    onMethod: (name, done) => {
      signal?.throwIfAborted();
      if (methods.length > 1)
        onProgress?.({ kind: 'work', what: `blending by ${name}`, done, total: methods.length });
    },
  });
  const { members, correlation, tried, failed, selected, chosen, oof, test } = blended;
  const { id } = competition.manifest.columns;
  return {
    pipeline: pipeline.name,
    folder,
    members,
    correlation,
    tried,
    failed,
    selected,
    chosen,
    metrics,
    oof: () => predictionTable(id, oof),
    test: () => predictionTable(id, test),
  };
}

async function chooseRuns(
  submissions: string,
  pipeline: string,
  asked: readonly string[] | undefined,
): Promise<ListedRun[]> {
  const { listRuns } = await import('@foldwise/runs');
  const runs = await listRuns(submissions, pipeline);
  const complete = runs.filter(({ metrics }) => metrics !== undefined);
  const names = complete.map((run) => run.name);
  const chosen = asked === undefined ? names : [...new Set(asked)];
  const unknown = chosen.find((run) => !names.includes(run));
  if (unknown !== undefined)
    throw new UsageError(
      runs.some((run) => run.name === unknown)
        ? `the run "${unknown}" is not complete: train its other folds with \`npx foldwise cv\``
        : `there is no complete run "${unknown}"; there are ${names.join(', ') || 'none'}`,
    );
  if (chosen.length < 2) throw new Error(tooFew(pipeline, chosen));
  return complete.filter((run) => chosen.includes(run.name));
}

function tooFew(pipeline: string, [only]: string[]): string {
  if (only === undefined)
    return `${pipeline} has no complete run to blend: train one with \`npx foldwise cv ${pipeline}\``;
  return (
    `there is only the run ${only} to blend; train another, with another head or seed, ` +
    `as by \`npx foldwise cv ${pipeline} --seed 1\``
  );
}
