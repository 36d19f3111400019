/** The public names of @foldwise/data. */
export type { Sample } from './check-sample.ts';
export { checkTraining } from './check-training.ts';
export { checkCompetition, type CheckedCompetition } from './checks/check-competition.ts';
export type { WarningKind } from './checks/warnings.ts';
export { definePipeline } from './define-pipeline.ts';
export { countFolds, withKind, type FoldSettings } from './fold-settings.ts';
export { parseHeadRecord, takesPairs, type HeadRecord } from './head-record.ts';
export type { ClassLists } from './class-lists.ts';
export type { Competition, Rows } from './competition.ts';
export { joinTexts } from './join-texts.ts';
export { loadCompetition } from './load-competition.ts';
export { inferCompetition, type Inferred } from './infer/infer-competition.ts';
export type { Finding, Given } from './infer/tables.ts';
export { Undecided, type Decision } from './infer/undecided.ts';
export { findFiles, type Files } from './intake/find-files.ts';
export { fitFiles } from './intake/fit-files.ts';
export { takeFile, type Taken } from './intake/take-file.ts';
export { parseManifest, type Manifest } from './manifest.ts';
export { nearDuplicates, type NearDuplicatesOptions } from './near-duplicates/near-duplicates.ts';
export { nearestName } from './nearest-name.ts';
export {
  experimentsOf,
  parsePipeline,
  type Experiment,
  type Pipeline,
  type PipelineConfig,
} from './parse-pipeline.ts';
export { parseStrictly } from './parse-strictly.ts';
export { placeOf } from './place-of.ts';
export { Problems } from './problems.ts';
export { csvField } from './csv-field.ts';
export { hashFile } from './hash-file.ts';
export { readJson } from './read-json.ts';
export { readTable, type FileTable } from './read-table.ts';
export { listTables } from './sources/list-tables.ts';
export { strictObject } from './strict-object.ts';
export { streamTable, type StreamTableOptions, type TableRows } from './stream-table.ts';
export { setAside } from './set-aside.ts';
export type { SampleStyle } from './sample-style.ts';
export { splitColumns } from './split-columns.ts';
export type { Task } from './task.ts';
export { findVectorFormat } from './vectors/find-vector-format.ts';
export { openVectorFile, type VectorFile } from './vectors/open-vector-file.ts';
export { writeJson } from './write-json.ts';
export { writeTable } from './write-table.ts';
