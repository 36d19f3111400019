/** Encodes a column of texts and writes the vectors: a few thousand rows at a time, however many there are. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findVectorFormat, openVectorFile, Problems, streamTable, type VectorFile } from '@foldwise/data';
import type { Precision } from '@foldwise/tensorflow';
import type { EngineRecord } from '@foldwise/runs';
import type { TextVectorizer } from '@foldwise/train';
import { checkTexts } from './check-texts.ts';
import { z } from 'zod';
import { knownHead } from '../heads/known-head.ts';
import { common, engine, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { prepareModel } from '../workspace/prepare-model.ts';
import { asUse, UsageError, usageErrorOf } from '../usage-error.ts';

const shape = {
  ...common,
  ...engine,
  /** A folder, or a model's name on the hub. */
  model: text.default('sentence-transformers/all-MiniLM-L6-v2'),
  /** A head that needs no training, such as `mean`, `cls` or `pooler`. */
  pool: text.default('mean'),
  /** CSV, or `.tsv` with tabs. */
  input: text,
  /** The name of the column of texts. */
  text: text.default('text'),
  /** The name of a column that stands before the vectors. */
  id: text.optional(),
  /** Its ending chooses the format: .npy, .parquet or .csv. */
  output: text,
  /** Gives every vector the length 1. */
  normalize: z.boolean().default(false),
  /** Tokens of a text; longer ones are cut; default: 128, or what the model takes. */
  maxLength: z.int().min(3).optional(),
  /** Of matrix products; auto is bf16 where the processor multiplies it. */
  precision: z.enum(['auto', 'fp32', 'bf16', 'tf32']).default('auto'),
};

export type EncodeOptions = OptionsOf<typeof shape>;

type Parsed = z.output<z.ZodObject<typeof shape>>;

export interface EncodedFile {
  /** Absolute. */
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
export async function encode(options: EncodeOptions): Promise<EncodedFile> {
  const parsed = parseOptions('encode', shape, options);
  const { model: name, pool, input, output, text, id, normalize, maxLength, precision } = parsed;
  const { signal, onNote } = parsed;
  checkOutput(output, input, id);
  await knownHead(pool);
  const { rows, empty } = await checkTexts(input, { text, id }, signal);
  if (empty.count > 0)
    onNote?.(
      `${input}:${empty.line}, column "${text}": the text is empty` +
        `${empty.count > 1 ? `, as ${empty.count - 1} more are` : ''}; such rows get the vector of no words.`,
    );

  const { engine, threads, device } = parsed;
  const prepared = await prepareModel(name, { engine, threads, device }, parsed);
  const { model } = prepared;
  signal?.throwIfAborted();
  const { textVectorizer } = await import('@foldwise/train');
  const texts = await textVectorizer({ model, head: pool, maxLength, precision, normalize }).catch(refuse);
  let file: VectorFile | undefined;
  try {
    file = await openVectorFile(output, { features: texts.width, id }).catch(refuse);
    const start = performance.now();
    await encodeRows(texts, file, rows, parsed);
    await file.close();
    const seconds = (performance.now() - start) / 1000;
    const { memoryStats } = await import('@foldwise/tensorflow');
    return {
      output: resolve(output),
      rows,
      features: texts.width,
      emptyTexts: empty.count,
      pool,
      normalized: normalize,
      maxLength: texts.maxLength,
      seconds,
      textsPerSecond: rows / seconds,
      peakMemoryBytes: memoryStats().process.peakBytes,
      engine: prepared.engine,
      precision: texts.precision,
    };
  } finally {
    await file?.discard();
    texts.dispose();
  }
}

async function encodeRows(
  texts: TextVectorizer,
  file: VectorFile,
  rows: number,
  { input, text, id, signal, onProgress }: Parsed,
): Promise<void> {
  const start = performance.now();
  const problems = new Problems(input);
  let done = 0;
  const tell = (now: number): void => {
    signal?.throwIfAborted();
    const rate = (1000 * now) / (performance.now() - start);
    const speed = now > 0 ? { rowsPerSecond: rate, secondsLeft: (rows - now) / rate } : {};
    onProgress?.({ kind: 'encoding', done: now, total: rows, ...speed });
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
  asUse(() => findVectorFormat(output, id));
  if (resolve(output) === resolve(input))
    throw new UsageError(`${output} is the input; name another file for the vectors`);
  if (!existsSync(dirname(resolve(output))))
    throw new UsageError(`${output}: there is no folder ${dirname(resolve(output))}`);
  if (existsSync(output) && statSync(output).isDirectory())
    throw new UsageError(`${output} is a folder; name a file`);
}

/** What a head, a maximal length or a name cannot do is the caller's fault. */
function refuse(error: Error): never {
  throw usageErrorOf(error);
}
