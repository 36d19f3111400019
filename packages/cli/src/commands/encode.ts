/** `foldwise encode`: vectors of texts by a checkpoint as it is, without training. */
import type { EncodedFile } from 'foldwise';
import { formatDuration } from 'foldwise/format';
import { UsageError } from 'foldwise/usage-error';
import { engineFlags, engineOptions } from '../options/engine-options.ts';
import { bold, gibibytes } from '../render/format.ts';
import type { Command } from './command.ts';

const text = { type: 'string', requiresArg: true } as const;

export const encode: Command = {
  name: 'encode',
  describe: 'write the vectors of texts, without training',
  positionals: {},
  options: {
    input: { ...text, demandOption: true, describe: 'a CSV file with a column of texts; or .tsv' },
    output: { ...text, demandOption: true, describe: 'the file to write: .npy, .parquet or .csv' },
    text: { ...text, default: 'text', describe: 'the column of texts' },
    id: { ...text, describe: 'a column to put before the vectors' },
    model: {
      ...text,
      default: 'sentence-transformers/all-MiniLM-L6-v2',
      describe: "a model's name on the hub, or its folder",
    },
    pool: {
      ...text,
      default: 'mean',
      describe: 'a head that needs no training, such as mean, cls or pooler',
    },
    normalize: { type: 'boolean', default: false, describe: 'give every vector the length 1' },
    'max-length': {
      ...text,
      describe: 'tokens of a text; longer ones are cut; default: 128, or what the model takes',
    },
    precision: {
      choices: ['auto', 'fp32', 'bf16', 'tf32'],
      default: 'auto',
      describe: 'of matrix products; auto is bf16 where the processor multiplies it',
    },
    ...engineFlags,
  },
  examples: [
    ['encode --input train.csv --output vectors.npy', 'the mean of the tokens, by MiniLM'],
    ['encode --input texts.tsv --output v.parquet --id id --normalize', 'with ids, of length 1'],
  ],
  async run(args, { listeners, onStop }) {
    const maxLength = args['max-length'];
    if (maxLength !== undefined && !(/^\d+$/.test(String(maxLength)) && Number(maxLength) >= 3))
      throw new UsageError(`--max-length: expected a whole number of at least 3, got "${maxLength}"`);
    const engine = engineOptions(args);
    const { encode: write } = await import('foldwise');
    const output = String(args['output']);
    onStop(() => `${output} is as it was.`);
    const encoded = await write({
      ...listeners,
      ...engine,
      model: String(args['model']),
      pool: String(args['pool']),
      input: String(args['input']),
      text: String(args['text']),
      id: args['id'] as string | undefined,
      output,
      normalize: Boolean(args['normalize']),
      maxLength: maxLength === undefined ? undefined : Number(maxLength),
      precision: args['precision'] as EncodedFile['precision'] | 'auto',
    });
    return { json: encoded, text: describe(encoded, output) };
  },
};

function describe(encoded: EncodedFile, output: string): string {
  const { rows, features, pool, normalized, maxLength, precision, engine } = encoded;
  return [
    bold(`${output}: ${rows} rows of ${features} features`),
    `${pool}${normalized ? ', normalised' : ''}, at most ${maxLength} tokens, ${precision} on ${engine.name}`,
    `${formatDuration(encoded.seconds)}, ${Math.round(encoded.textsPerSecond)} texts/s, ` +
      gibibytes(encoded.peakMemoryBytes),
  ].join('\n');
}
