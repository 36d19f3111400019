/** Writes trained models for another place: a web browser, or Kaggle's notebooks. */
import { z } from 'zod';
import { common, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { exportForBrowsers, type BrowserExport } from './export-for-browsers.ts';
import { exportForKaggle, type KaggleExport } from './export-for-kaggle.ts';

const shared = {
  ...common,
  /** A run, by its name; for Kaggle also an ensemble. */
  run: text,
  /** The folder to write; default: one in the run's folder. */
  output: text.optional(),
  /** Replaces an export that is there already. */
  force: z.boolean().default(false),
};

const forBrowsers = {
  ...shared,
  /** TensorFlow.js in a browser. */
  to: z.literal('tfjs'),
  /** Its number; default: the first that is trained. */
  fold: z.number().optional(),
  /** float16 takes half of the bytes, and rounds the weights. */
  weights: z.enum(['float16', 'float32']).default('float32'),
};

const forKaggle = {
  ...shared,
  /** Kaggle's Python. */
  to: z.literal('kaggle'),
  /** Your name there. */
  user: text.optional(),
  /** The competition there; default: `kaggle` of competition.json. */
  competition: text.optional(),
};

export type ExportForBrowserOptions = OptionsOf<typeof forBrowsers>;
export type ExportForKaggleOptions = OptionsOf<typeof forKaggle>;

/**
 * @throws UsageError for an unknown run, a fold that is not trained, and an output that is in the way; Error for what
 * Python cannot do as we do
 */
export function exportModel(options: ExportForBrowserOptions): Promise<BrowserExport>;
export function exportModel(options: ExportForKaggleOptions): Promise<KaggleExport>;
export async function exportModel(
  options: ExportForBrowserOptions | ExportForKaggleOptions,
): Promise<BrowserExport | KaggleExport> {
  if (options.to === 'kaggle') {
    const { workspace, run, output, force, user, competition } = parseOptions(
      'exportModel',
      forKaggle,
      options,
    );
    return exportForKaggle({ workspace, run, output, force, user, competition });
  }
  const { workspace, run, fold, output, weights, ...rest } = parseOptions(
    'exportModel',
    forBrowsers,
    options,
  );
  return exportForBrowsers({ workspace, run, fold, output, weights, ...rest });
}
