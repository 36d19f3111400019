/** Opens the run of a configuration: works out its name, folds and hashes, and checks that a record of it agrees. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkTraining, type Competition, hashFile, type Pipeline, readJson } from '@foldwise/data';
import { weightFiles } from '@foldwise/encoders/checkpoint-files';
import { hashFolds, makeSplit } from '@foldwise/folds';
import { findMetric, findPostProcessing } from '@foldwise/metrics';
import { dataHashes } from './data-hashes.ts';
import { hashConfig } from './hash-config.ts';
import { runName } from './run-name.ts';
import type { RunRecord } from './run-record.ts';
import type { Run } from './run.ts';

export interface OpenRunOptions {
  pipeline: Pipeline;
  competition: Competition;
  /** The folder that the competition was loaded from. */
  data: string;
  /** The folder that holds a folder of runs for each pipeline. */
  submissions: string;
}

/**
 * Writes nothing: `run.json` comes with the first fold, once the engine is known.
 *
 * @throws Error for an unknown metric, settings of the training or a post-processing that do not fit, folds that cannot be made, and a `run.json` that does not agree
 */
export async function openRun({
  pipeline: given,
  competition,
  data,
  submissions,
}: OpenRunOptions): Promise<Run> {
  const pipeline = { ...given, experiments: undefined }; // Other runs' matter.
  const { manifest, train } = competition;
  const metric = findMetric(pipeline.metric ?? manifest.metric, manifest.task);
  checkTraining(pipeline.training, manifest.task);
  if (pipeline.postProcessing) findPostProcessing(pipeline.postProcessing.kind, metric, manifest.task);
  const split = await makeSplit(pipeline.folds, competition);
  const foldsHash = hashFolds(train.ids, split);
  const hashes = await dataHashes(data, manifest);
  const encoder = await encoderIdentity(pipeline.encoder);
  const configHash = hashConfig({ pipeline, manifest, encoder, data: hashes, foldsHash });
  const name = runName(pipeline, configHash);
  const folder = resolve(submissions, pipeline.name, name);
  await checkRecord(folder, { configHash, foldsHash });
  return {
    name,
    folder,
    config: pipeline,
    configHash,
    foldsHash,
    split,
    competition,
    metric,
    data: hashes,
  };
}

/** A folder's weights may change while its path stays, or move while they stay. */
async function encoderIdentity(encoder: string): Promise<string> {
  const folder = resolve(encoder);
  const [first, ...more] = weightFiles(folder);
  if (first === undefined) return encoder;
  // Of one file its own hash, of several one over theirs.
  if (more.length === 0) return `sha256:${await hashFile(join(folder, first))}`;
  const hash = createHash('sha256');
  for (const name of [first, ...more]) {
    const path = join(folder, name);
    hash.update(`${name} ${existsSync(path) ? await hashFile(path) : 'none'}\n`);
  }
  return `sha256:${hash.digest('hex')}`;
}

async function checkRecord(folder: string, run: { configHash: string; foldsHash: string }): Promise<void> {
  const path = join(folder, 'run.json');
  const record = await readJson<Partial<RunRecord>>(path);
  if (record === undefined) return;
  const expected = { format: 1, kind: 'training', ...run };
  const differing = Object.entries(expected)
    .filter(([key, value]) => record[key as keyof RunRecord] !== value)
    .map(
      ([key, value]) =>
        `${key} is ${JSON.stringify(record[key as keyof RunRecord])} instead of ${JSON.stringify(value)}`,
    );
  if (differing.length > 0)
    throw new Error(
      `${path} is not the record of this run: ${differing.join('; ')}. Move the folder away, and run again.`,
    );
}
