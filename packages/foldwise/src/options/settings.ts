/** What a call changes of a pipeline's configuration. */
import type { PipelineConfig } from '@foldwise/data';

/**
 * Values over those of `pipeline.ts`: as there, such as `{ training: { lr: 5e-5 } }`, which leaves the rest of the
 * training as it is, or by path, such as `{ 'training.lr': 5e-5 }`.
 */
export type Settings = Partial<Omit<PipelineConfig, 'name' | 'experiments'>> & {
  [path: `${string}.${string}`]: unknown;
};

/** Values by their path in the pipeline's configuration, such as `training.lr`. */
export type Overrides = Readonly<Record<string, unknown>>;

const sections = ['folds', 'output', 'training'];

export function toOverrides(settings: Settings = {}): Overrides {
  const overrides: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    if (!sections.includes(key) || typeof value !== 'object' || value === null) overrides[key] = value;
    else for (const [inner, each] of Object.entries(value)) overrides[`${key}.${inner}`] = each;
  }
  return overrides;
}
