/** Trained models for other places. */
export { checkOutput } from './check-output.ts';
export { exportToTfjs, tfjsMarks, type Exported, type ExportToTfjsOptions } from './export-to-tfjs.ts';
export { exportToKaggle, kaggleMarks, type ExportToKaggleOptions } from './kaggle/export-to-kaggle.ts';
export type { KaggleDescription, LinearBlend } from './kaggle/kaggle-description.ts';
