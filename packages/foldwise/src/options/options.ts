/** The options that several functions take, and how all are checked. */
import { parseStrictly, strictObject } from '@foldwise/data';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';
import type { Listeners } from './events.ts';
import type { Settings } from './settings.ts';

export const aFunction = <F extends (...args: never[]) => unknown>() =>
  z.custom<F>((value) => typeof value === 'function', 'expected a function');

export const text = z.string().trim().min(1, 'expected a text that is not empty');

/** Of every function. */
export const common = {
  /** Any folder within the workspace; default: the working directory. */
  workspace: text.optional(),
  /** Aborting rejects with the signal's reason, soon; what was whole by then stays. */
  signal: z
    .custom<AbortSignal>((value) => value instanceof AbortSignal, 'expected an AbortSignal')
    .optional(),
  /** Hears how far the work is, often. */
  onProgress: aFunction<NonNullable<Listeners['onProgress']>>().optional(),
  /** Hears what a person should know, a sentence or two at a time. */
  onNote: aFunction<NonNullable<Listeners['onNote']>>().optional(),
};

/** Which pipeline. */
export const ofPipeline = {
  ...common,
  /** A folder of `pipelines/`; may be left out where there is only one. */
  pipeline: text.optional(),
};

/** Other values than the pipeline has, which are checked with it. */
export const settings = {
  settings: z
    .custom<Settings>((value) => typeof value === 'object' && value !== null, 'expected an object')
    .optional(),
};

/** What TensorFlow computes on. */
export const engine = {
  /** What computes; default: TensorFlow where it can be had. */
  engine: z.enum(['auto', 'tensorflow', 'wasm']).optional(),
  /** Of the engine; default: all cores. */
  threads: z.int().min(1).optional(),
  /** `cpu`, `gpu`, `gpu:1` and so on; default: a GPU where there is one. */
  device: z
    .custom<'auto' | 'cpu' | 'gpu' | `gpu:${number}`>(
      (value) => typeof value === 'string' && /^(auto|cpu|gpu(:\d+)?)$/.test(value),
      'expected cpu, gpu, gpu:0, gpu:1 and so on, or auto',
    )
    .optional(),
};

/**
 * @param name of the function, for the message
 * @throws UsageError with a line for each wrong value, and for each unknown name, with the nearest
 */
export function parseOptions<Shape extends z.core.$ZodLooseShape>(
  name: string,
  shape: Shape,
  options: unknown,
): z.output<z.ZodObject<Shape>> {
  const schema = strictObject(shape);
  try {
    return parseStrictly(schema, options, name);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** What a caller writes for options of that shape. */
export type OptionsOf<Shape extends z.core.$ZodLooseShape> = z.input<z.ZodObject<Shape, z.core.$strict>>;
