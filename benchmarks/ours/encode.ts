/** Times our frozen encoding of a competition's texts, from strings to vectors, and prints one JSON line. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCompetition } from '@foldwise/data';
import { loadEncoder } from '@foldwise/encoders';
import { findHead } from '@foldwise/heads';
import { Tokenizer } from '@foldwise/tokens';
import { textEncoder } from '@foldwise/train';
import { ourEngine, ourOptions, peakRssGb } from './engine.ts';

const { values } = parseArgs({
  options: {
    competition: { type: 'string', default: 'movie-sentiment' },
    head: { type: 'string', default: 'mean' },
    'max-length': { type: 'string', default: '128' },
    ...ourOptions,
  },
});
const { train, test } = await loadCompetition(join('data', values.competition));
const columns = train.texts.map((texts, column) => [...texts, ...test.texts[column]!]);
const seconds = (since: number) => (performance.now() - since) / 1000;

const loading = performance.now();
const { folder, precision, engine } = await ourEngine(values);
const tokenizer = await Tokenizer.load(folder);
const texts = textEncoder({
  encoder: await loadEncoder(folder),
  head: findHead(values.head),
  padId: tokenizer.padId,
  precision,
});
const load = seconds(loading);

const tokenizing = performance.now();
const encodings = tokenizer.encodeColumns(columns, { maxLength: Number(values['max-length']) });
const tokenize = seconds(tokenizing);

// All that is compiled is compiled in this time.
const forwarding = performance.now();
let batches = 0;
const vectors = await texts.encode(encodings, (_, all) => (batches = all));
const forward = seconds(forwarding);
if (!vectors.every(Number.isFinite)) throw new Error('Some values are not finite.');
console.log(
  JSON.stringify({
    engine,
    precision,
    texts: encodings.length,
    tokens: encodings.reduce((sum, { ids }) => sum + ids.length, 0),
    batches,
    load_s: load,
    tokenize_s: tokenize,
    forward_s: forward,
    peak_rss_gb: peakRssGb(),
  }),
);
process.exit(0);
