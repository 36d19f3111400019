/** The public names of @foldwise/data. */
export { checkCompetition, type CheckedCompetition } from './checks/check-competition.ts';
export type { ClassLists } from './competition/class-lists.ts';
export type { Competition, Rows } from './competition/competition.ts';
export { loadCompetition } from './competition/load-competition.ts';
export { parseManifest, type Manifest, type Task } from './competition/manifest.ts';
export { joinTexts } from './competition/read-rows.ts';
export { hashFile } from './files/hash-file.ts';
export { readJson, writeJson } from './files/json-file.ts';
export { setAside } from './files/set-aside.ts';
export { inferCompetition, type Inferred } from './infer/infer-competition.ts';
export type { Finding, Given } from './infer/tables.ts';
export { Undecided, type Decision } from './infer/undecided.ts';
export { findFiles, type Files } from './intake/find-files.ts';
export { fitFiles } from './intake/fit-files.ts';
export { takeFile, type Taken } from './intake/take-file.ts';
export { nearDuplicates } from './near-duplicates/near-duplicates.ts';
export { countFolds, splitColumns, withKind, type FoldSettings } from './pipeline/fold-settings.ts';
export { parseHeadRecord, takesPairs, type HeadRecord } from './pipeline/head-record.ts';
export {
  checkTraining,
  definePipeline,
  experimentsOf,
  parsePipeline,
  type Experiment,
  type Pipeline,
  type PipelineConfig,
} from './pipeline/parse-pipeline.ts';
export { Problems } from './problems/problems.ts';
export { nearestName } from './schema/nearest-name.ts';
export { parseStrictly, strictObject } from './schema/strict-schema.ts';
export { listTables } from './sources/list-tables.ts';
export { isMissingWord, missingGroups } from './tables/missing-cells.ts';
export { readTable, type FileTable } from './tables/read-table.ts';
export { streamTable } from './tables/stream-table.ts';
export { csvField, writeTable } from './tables/write-table.ts';
export { openVectorFile, type VectorFile } from './vectors/open-vector-file.ts';
export { findVectorFormat } from './vectors/vector-formats.ts';
