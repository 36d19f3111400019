/** Trained models for other places. */
export { checkOutput } from './check-output.ts';
export { exportToTfjs, type Exported, type ExportToTfjsOptions } from './export-to-tfjs.ts';
