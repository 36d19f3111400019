/**
 * A fingerprint of everything that changes what is trained; threads, folders, names and what is done to predictions
 * afterwards do not.
 */
import { createHash } from 'node:crypto';
import type { Manifest, Pipeline } from '@foldwise/data';
import { isOwnMetric } from '@foldwise/metrics';

export interface HashedConfig {
  pipeline: Pipeline;
  manifest: Pick<Manifest, 'columns' | 'task' | 'classes' | 'metric'>;
  /** The encoder's name on the hub, or for a folder the hash of its weights. */
  encoder: string;
  /** SHA-256 of the competition's files. */
  data: Record<'train' | 'test' | 'sample', string>;
  foldsHash: string;
}

/** @returns sha256, in hexadecimal, of the JSON with the keys of every object in alphabetical order */
export function hashConfig({ pipeline, manifest, encoder, data, foldsHash }: HashedConfig): string {
  const settings = {
    ...pipeline,
    name: undefined,
    competition: undefined,
    postProcessing: undefined,
    encoder,
    // Before there were pairs, the same settings joined several texts to one.
    texts:
      [manifest.columns.text].flat().length > 1 && manifest.columns.separator === undefined
        ? 'pair'
        : undefined,
  };
  const { columns, task, classes } = manifest;
  const wanted = pipeline.metric ?? manifest.metric;
  const metric = isOwnMetric(wanted) ? { name: wanted.name, source: wanted.source } : wanted;
  const json = JSON.stringify(inOrder({ ...settings, metric, columns, task, classes, data, foldsHash }));
  return createHash('sha256').update(json).digest('hex');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, v]) => [key, inOrder(v)]));
}
