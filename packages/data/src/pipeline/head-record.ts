/** What `head.json` of a saved model holds: all that rebuilds what stands behind the encoder, and names what it predicts. */
import { z } from 'zod';
import { outputSettings } from './output-settings.ts';
import { parseStrictly, strictObject } from '../schema/strict-schema.ts';
import { task } from '../competition/manifest.ts';

const schema = strictObject({
  /** As in the pipeline. */
  head: z.string().min(1),
  /** As in the pipeline; models of before these settings have the defaults. */
  output: outputSettings.prefault({}),
  task,
  /** The target columns. */
  targets: z.array(z.string()).min(1),
  /** Of multi-class and ordinal tasks: what the predicted columns stand for. */
  classes: z.array(z.string()).min(2).optional(),
  /** How texts were given; models of before pairs lack it: several were one text then, joined by " [SEP] ". */
  texts: strictObject({
    /** The text columns: without a separator, several are a pair of the first and the others. */
    columns: z.array(z.string().min(1)).min(1),
    /** As in the manifest: joins the columns to one text. */
    separator: z.string().optional(),
  }).optional(),
  /** Tokens of a text, with the special ones; longer texts are cut. */
  maxLength: z.int().min(3),
}).superRefine(({ task, classes }, context) => {
  if ((task === 'multi-class' || task === 'ordinal') && !classes)
    context.addIssue({
      code: 'custom',
      path: ['classes'],
      message: `expected the classes of a ${task} task`,
    });
});

export type HeadRecord = z.output<typeof schema>;

/** Whether the model was trained on pairs of texts. */
export function takesPairs({ texts }: Pick<HeadRecord, 'texts'>): boolean {
  return texts !== undefined && texts.columns.length > 1 && texts.separator === undefined;
}

/**
 * @param value the parsed JSON
 * @param where the file that it came from, for errors
 * @throws Error with one line for each unknown key, missing key or wrong value
 */
export function parseHeadRecord(value: unknown, where: string): HeadRecord {
  return parseStrictly(schema, value, where);
}
