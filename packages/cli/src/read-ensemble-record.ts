/** Reads what an ensemble's folder says of how its members were blended. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface EnsembleRecord {
  method: string;
  members: { name: string }[];
  /** What each member counts, by the target's name and the member's; undefined where that is no single number. */
  weights?: Record<string, Record<string, number>>;
  metrics: { score: number | null };
}

/** @param folder that holds `run.json` of an ensemble */
export async function readEnsembleRecord(folder: string): Promise<EnsembleRecord> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, file), 'utf8'));
  const record = (await read('run.json')) as EnsembleRecord;
  return { ...record, metrics: (await read('metrics.json')) as EnsembleRecord['metrics'] };
}
