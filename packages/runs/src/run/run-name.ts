/** A run's name: readable, stable, and another for every other configuration, such as `minilm-l6-v2-mean-s0-1f3a9c`. */
import type { Pipeline } from '@foldwise/data';

export function runName({ encoder, head, training }: Pipeline, configHash: string): string {
  return `${shortName(encoder)}-${safe(head)}-s${training.seed}-${configHash.slice(0, 6)}`;
}

/** The owner, and the `all-` of sentence-transformers, tell nobody apart. */
function shortName(encoder: string): string {
  const last = encoder.split(/[\\/]/).filter(Boolean).at(-1) ?? encoder;
  return safe(last).replace(/^all-/, '') || 'encoder';
}

const safe = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
