/** The public names of @foldwise/data. */
export type { Sample } from './check-sample.ts';
export { definePipeline } from './define-pipeline.ts';
export { parseHeadRecord, type HeadRecord } from './head-record.ts';
export { loadCompetition, type Competition, type Rows } from './load-competition.ts';
export { parseManifest, type Manifest } from './manifest.ts';
export { nearestName } from './nearest-name.ts';
export { parsePipeline, type Pipeline, type PipelineConfig } from './parse-pipeline.ts';
export { Problems } from './problems.ts';
export { csvField } from './csv-field.ts';
export { readTable, type FileTable } from './read-table.ts';
export { streamTable, type StreamTableOptions, type TableRows } from './stream-table.ts';
export type { SampleStyle } from './sample-style.ts';
export type { Task } from './task.ts';
export { findVectorFormat } from './vectors/find-vector-format.ts';
export { openVectorFile, type VectorFile } from './vectors/open-vector-file.ts';
export { writeTable } from './write-table.ts';
