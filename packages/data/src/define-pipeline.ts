/** Gives a `pipeline.ts` its types. The values are checked by `parsePipeline`, which can name the file. */
import type { PipelineConfig } from './parse-pipeline.ts';

/** @returns the configuration as it is */
export function definePipeline(config: PipelineConfig): PipelineConfig {
  return config;
}
