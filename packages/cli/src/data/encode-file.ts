/** Encodes a column of texts and writes the vectors: a few thousand rows at a time, however many there are. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findVectorFormat, openVectorFile, Problems, streamTable, type VectorFile } from '@foldwise/data';
import type { EngineOptions, Precision } from '@foldwise/tensorflow';
import type { EngineRecord } from '@foldwise/runs';
import type { TextVectorizer } from '@foldwise/train';
import { checkTexts } from './check-texts.ts';
import type { Context } from '../commands/command.ts';
import { formatDuration } from '../render/format.ts';
import { knownHead } from '../options/known-head.ts';
import { prepareModel } from '../workspace/prepare-model.ts';
import { UsageError } from '../usage-error.ts';

export interface EncodeFileOptions {
  /** A folder, or a model's name on the hub. */
  model: string;
  /** A head that needs no training. */
  pool: string;
  /** CSV, or `.tsv` with tabs. */
  input: string;
  /** The name of the column of texts. */
  text: string;
  /** The name of a column that stands before the vectors. */
  id: string | undefined;
  /** Its ending chooses the format. */
  output: string;
  normalize: boolean;
  maxLength: number | undefined;
  precision: Precision | 'auto';
  engine: EngineOptions;
}

export interface EncodedFile {
  output: string;
  rows: number;
  features: number;
  /** Texts without a word: their vectors are those of the special tokens alone. */
  emptyTexts: number;
  pool: string;
  normalized: boolean;
  maxLength: number;
  /** From the first row to the complete file; checking the input and loading the model are not in it. */
  seconds: number;
  textsPerSecond: number;
  peakMemoryBytes: number;
  engine: EngineRecord;
  precision: Precision;
}

/**
 * Rows keep the input's order. An error, or a stop, leaves the output as it was.
 *
 * @throws UsageError for options that cannot work; Error as `checkTexts`, `resolveModel` and `startEngine`
 */
export async function encodeFile(options: EncodeFileOptions, context: Context): Promise<EncodedFile> {
  const { model: name, pool, input, output, text, id, normalize, maxLength, precision } = options;
  const { progress, signal, onStop } = context;
  onStop(() => `${output} is as it was.`);
  checkOutput(output, input, id);
  await knownHead(pool);
  const { rows, empty } = await checkTexts(input, { text, id }, signal);
  if (empty.count > 0)
    progress.note(
      `${input}:${empty.line}, column "${text}": the text is empty` +
        `${empty.count > 1 ? `, as ${empty.count - 1} more are` : ''}; such rows get the vector of no words.`,
    );

  const { model, engine } = await prepareModel(name, options.engine, context);
  signal.throwIfAborted();
  const { textVectorizer } = await import('@foldwise/train');
  const texts = await textVectorizer({ model, head: pool, maxLength, precision, normalize }).catch(asUse);
  let file: VectorFile | undefined;
  try {
    file = await openVectorFile(output, { features: texts.width, id }).catch(asUse);
    const start = performance.now();
    await encodeRows(texts, file, rows, options, context);
    await file.close();
    const seconds = (performance.now() - start) / 1000;
    const { memoryStats } = await import('@foldwise/tensorflow');
    return {
      output,
      rows,
      features: texts.width,
      emptyTexts: empty.count,
      pool,
      normalized: normalize,
      maxLength: texts.maxLength,
      seconds,
      textsPerSecond: rows / seconds,
      peakMemoryBytes: memoryStats().process.peakBytes,
      engine,
      precision: texts.precision,
    };
  } finally {
    await file?.discard();
    texts.dispose();
    progress.stop();
  }
}

async function encodeRows(
  texts: TextVectorizer,
  file: VectorFile,
  rows: number,
  { input, text, id }: EncodeFileOptions,
  { progress, signal }: Context,
): Promise<void> {
  const start = performance.now();
  const problems = new Problems(input);
  let done = 0;
  const tell = (now: number): void => {
    signal.throwIfAborted();
    const rate = (1000 * now) / (performance.now() - start);
    const details =
      now > 0 ? [`${Math.round(rate)} rows/s`, `${formatDuration((rows - now) / rate)} left`] : [];
    progress.update(`encoding, row ${Math.floor(now)} of ${rows}`, now, rows, details);
  };
  const columns = id === undefined ? [text] : [text, id];
  for await (const { columns: cells, lines } of streamTable(input, columns, { problems })) {
    const vectors = await texts.vectors(cells[0]!, (share) => tell(done + share * lines.length));
    const bad = vectors.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new Error(
        `${input}:${lines[Math.floor(bad / texts.width)]}: feature ${bad % texts.width} of the vector is ${vectors[bad]}, not a number; try --precision fp32`,
      );
    await file.write(vectors, cells[1]);
    done += lines.length;
    tell(done);
  }
  problems.throwIfAny();
  if (done !== rows) throw new Error(`${input} was changed meanwhile: it had ${rows} rows, and now ${done}`);
}

/** All that can be known before the model is. */
function checkOutput(output: string, input: string, id: string | undefined): void {
  try {
    findVectorFormat(output, id);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
  if (resolve(output) === resolve(input))
    throw new UsageError(`${output} is the input; name another file for the vectors`);
  if (!existsSync(dirname(resolve(output))))
    throw new UsageError(`${output}: there is no folder ${dirname(resolve(output))}`);
  if (existsSync(output) && statSync(output).isDirectory())
    throw new UsageError(`${output} is a folder; name a file`);
}

/** What a head, a maximal length or a name cannot do is the command line's fault. */
function asUse(error: Error): never {
  throw new UsageError(error.message, { cause: error });
}
