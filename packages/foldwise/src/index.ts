/** The public names of foldwise: a function for each command, what they take and what they give. */
export {
  checkCompetition,
  type CheckCompetitionOptions,
  type CompetitionReport,
} from './data/check-competition.ts';
export { makeFolds, type Folds, type MakeFoldsOptions } from './data/make-folds.ts';
export { doctor, type Diagnosis, type DoctorOptions } from './doctor/doctor.ts';
export type { PipelineState } from './doctor/examine-pipeline.ts';
export { encode, type EncodedFile, type EncodeOptions } from './encode/encode.ts';
export { blendingMethods } from './ensembles/known-methods.ts';
export { ensemble, type Ensemble, type EnsembleOptions } from './ensembles/ensemble.ts';
export type { EnsembleMetrics } from './ensembles/ensemble-record.ts';
export type { BrowserExport } from './export/export-for-browsers.ts';
export type { KaggleExport } from './export/export-for-kaggle.ts';
export {
  exportModel,
  type ExportForBrowserOptions,
  type ExportForKaggleOptions,
} from './export/export-model.ts';
export { listHeads, type ListedHead } from './heads/list-heads.ts';
export { recordScores, type RecordedScores, type RecordScoresOptions } from './kaggle/record-scores.ts';
export { submit, type SubmissionPlan, type SubmitOptions, type SubmitResult } from './kaggle/submit.ts';
export { leaderboard, type Leaderboard, type LeaderboardOptions } from './leaderboard/leaderboard.ts';
export { newCompetition, type NewCompetition, type NewCompetitionOptions } from './new/new-competition.ts';
export type { Question } from './new/decide-all.ts';
export type { FoldProgress, Listeners, Progress, RowProgress, WorkProgress } from './options/events.ts';
export type { Settings } from './options/settings.ts';
export { reproduce, type ReproduceOptions, type Reproduction } from './reproduce/reproduce.ts';
export type { BegunFold, BegunRun } from './runs/begun-run.ts';
export {
  crossValidate,
  crossValidateAll,
  trainFold,
  type CrossValidateAllOptions,
  type CrossValidateOptions,
  type TrainFoldOptions,
} from './runs/cross-validate.ts';
export type { TrainedRun } from './runs/trained-run.ts';
export { score, type FileScore, type ScoreOptions } from './scoring/score.ts';
export { UsageError } from './usage-error.ts';
export { definePipeline, nearestName } from '@foldwise/data';
export { defineMetric } from '@foldwise/metrics';
export type { MethodScores } from '@foldwise/ensemble';
export type { SplitChecks } from '@foldwise/folds';
export type { Board, RankedGroup, RunResult } from '@foldwise/leaderboard';
export type { FoldMetrics, RunMetrics } from '@foldwise/runs';
