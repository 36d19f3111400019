/** What must be the same for a fold that was stopped to go on: all that its remaining steps depend on. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { TrainingIdentity } from '../fit/epoch-store-state.ts';
import { trainingStateVersion } from '../fit/training-state-version.ts';
import { hashFile } from './hash-file.ts';
import type { EngineRecord } from './run-record.ts';
import type { Run } from './run.ts';

/** The configuration's hash covers the settings, the competition's files and the folds. The keys are read by people. */
export async function trainRunFoldIdentity(
  run: Pick<Run, 'configHash'>,
  fold: number,
  { model, engine }: { model: string; engine: EngineRecord },
): Promise<TrainingIdentity> {
  return {
    configuration: run.configHash,
    fold,
    'version of the numerical code': trainingStateVersion,
    checkpoint: await hashCheckpoint(model),
    engine: `${engine.name} ${engine.version}`,
    device: engine.device,
    'number of threads': engine.threads,
    processor: cpus()[0]?.model ?? '',
  };
}

/** All that is read of a checkpoint. */
const files = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];

/**
 * The configuration's hash has just the name of a checkpoint of the hub, or the weights of one in a folder. Its settings
 * and its tokenizer's change results as well. A file that is missing is told by what loads it.
 */
async function hashCheckpoint(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of files) {
    const path = join(folder, name);
    hash.update(`${name} ${existsSync(path) ? await hashFile(path) : 'none'}\n`);
  }
  return hash.digest('hex');
}
