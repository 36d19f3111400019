/**
 * Times the frozen encoding of all texts of a competition, train and test, from strings to the means of their tokens;
 * in turns with `frozen_pooling.py` and `sentence_transformers_encode.py` where a Python is given: the same texts,
 * threads and maximal length, each a whole process. Loading is left out on every side; our compiling is not.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCompetition } from '@foldwise/data';
import { checkpointOfLength } from './inputs/checkpoint-of-length.ts';
import { compare } from './comparison/compare.ts';
import { numbers, ourContender, peerContender, type Read } from './comparison/contenders.ts';
import { peerFiles } from './comparison/peer-files.ts';
import { peerOptions, readPeers, type Peers } from './comparison/peer-options.ts';
import { report, reportOptions } from './comparison/report.ts';
import { takeTurns, type Measured } from './comparison/turns.ts';

const { values } = parseArgs({
  options: {
    competition: { type: 'string', default: 'movie-sentiment' },
    threads: { type: 'string', default: '2' },
    'max-length': { type: 'string', default: '128' },
    runs: { type: 'string', default: '1' },
    precision: { type: 'string', default: 'auto' },
    ...peerOptions,
    ...reportOptions,
  },
});
const { competition, threads, 'max-length': maxLength, runs, precision, model } = values;
const peers = readPeers(values, {
  scripts: 'frozen_pooling.py and, once more, of sentence_transformers_encode.py',
  supported: ['fp32', 'bf16'],
  standard: ['bf16'],
});
const { train, test } = await loadCompetition(join('data', competition));
const texts = train.ids.length + test.ids.length;
const files = ['--threads', threads, ...(await peerFiles(competition))];

/** `seconds` are those of all texts, tokenization included. */
const readOurs: Read = (output) => {
  const values = numbers('tokens', 'tokenize_s', 'forward_s', 'load_s')(output);
  return { ...values, ...rates(values['tokenize_s']! + values['forward_s']!) };
};

function rates(seconds: number): Record<string, number> {
  return { seconds, texts_per_s: texts / seconds };
}

/** Its time is that of the encoder alone, without padding and pooling. */
function frozenPooling(peers: Peers, script: string): (() => Promise<Measured>)[] {
  const args = [...files, '--max-length', maxLength, '--poolings', 'mean'];
  return peers.variants.map((variant) =>
    peerContender(peers, script, variant, args, (output) => {
      const timed = (output['forward'] as Record<string, Record<string, unknown>>)[variant]!;
      const { forward_s } = numbers('forward_s')(timed);
      const { tokenise_s } = numbers('tokenise_s')(output);
      return { tokenize_s: tokenise_s!, forward_s: forward_s!, ...rates(tokenise_s! + forward_s!) };
    }),
  );
}

/** It is timed on the train texts, and takes the maximal length from the checkpoint. */
async function sentenceTransformers(peers: Peers, script: string): Promise<() => Promise<Measured>> {
  const short = { ...peers, model: await checkpointOfLength(peers.model, Number(maxLength)) };
  return peerContender(short, script, undefined, files, (output) =>
    rates(texts / numbers('texts_per_s')(output)['texts_per_s']!),
  );
}

async function contendersOf(peers: Peers, script: string): Promise<(() => Promise<Measured>)[]> {
  if (basename(script) === 'frozen_pooling.py') return frozenPooling(peers, script);
  if (basename(script) === 'sentence_transformers_encode.py')
    return [await sentenceTransformers(peers, script)];
  throw new Error(
    `--peer is ${script}; expected the path of frozen_pooling.py or sentence_transformers_encode.py.`,
  );
}

const same = ['--competition', competition, '--threads', threads, '--max-length', maxLength];
const own = [...same, '--precision', precision, ...(model ? ['--model', model] : [])];
const theirs = await Promise.all((peers?.scripts ?? []).map((script) => contendersOf(peers!, script)));
const measured = await takeTurns([ourContender('encode.ts', own, readOurs), ...theirs.flat()], Number(runs));
report(values, {
  what: `encoding ${texts.toLocaleString('en')} texts of ${competition}`,
  settings: { competition, texts, threads: Number(threads), maxLength: Number(maxLength) },
  measured,
  compared: compare(measured, [
    { name: 'seconds', of: 'median', ratio: true },
    { name: 'forward_s', of: 'median', ratio: true },
    { name: 'tokenize_s', of: 'median', ratio: true },
    { name: 'peak_rss_gb', of: 'median', ratio: true },
    { name: 'texts_per_s', of: 'median' },
    { name: 'process_s', of: 'median' },
  ]),
  seconds: 'seconds',
});
