/** Reads mutated files of every format: each must give a table or an error that names the file, in good time. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corpus } from './corpus.ts';
import { mutate } from './mutate.ts';
import type { Job, Outcome } from './reader.ts';

export interface Fuzzed {
  tables: number;
  errors: number;
  /** What was neither, and the number of the file, which makes it again. */
  faults: { number: number; fault: string }[];
  slowest: { number: number; seconds: number };
}

/** A file of a few kB is read in milliseconds; this much is a hang. */
const SECONDS = 20;

/**
 * @param numbers of the files to make: each has its own seed
 * @param onDone hears of each
 */
export async function runFuzz(numbers: Iterable<number>, onDone?: (fuzzed: Fuzzed) => void): Promise<Fuzzed> {
  const root = mkdtempSync(join(tmpdir(), 'foldwise-fuzz-'));
  const fuzzed: Fuzzed = { tables: 0, errors: 0, faults: [], slowest: { number: -1, seconds: 0 } };
  let reader: ChildProcess | undefined;
  try {
    for (const number of numbers) {
      const job = makeFiles(join(root, String(number)), number);
      reader ??= fork(fileURLToPath(new URL('reader.ts', import.meta.url)), {
        execArgv: ['--import', 'tsx', '--max-old-space-size=1024'],
        env: { ...process.env, FOLDWISE_UNPACK_LIMIT: '50MB' },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      const start = performance.now();
      const outcome = await askReader(reader, job);
      const seconds = (performance.now() - start) / 1000;
      if (seconds > fuzzed.slowest.seconds) fuzzed.slowest = { number, seconds };
      if (outcome === 'table') fuzzed.tables++;
      else if (outcome === 'error') fuzzed.errors++;
      else fuzzed.faults.push({ number, fault: outcome.fault });
      if (!reader.connected) reader = undefined;
      rmSync(job.folder, { recursive: true });
      onDone?.(fuzzed);
    }
  } finally {
    reader?.kill();
    rmSync(root, { recursive: true });
  }
  return fuzzed;
}

function makeFiles(folder: string, number: number): Job {
  const random = mulberry(number);
  const { files, mutated, read, pack, damage } = corpus[number % corpus.length]!;
  const other = corpus[Math.floor(random() * corpus.length)]!;
  const content =
    damage && random() < 0.5
      ? damage(files[mutated]!, random)
      : mutate(files[mutated]!, other.files[other.mutated]!, random);
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, mutated), pack ? pack(content) : content);
  return { folder, ...(read !== undefined && { read }) };
}

function askReader(reader: ChildProcess, job: Job): Promise<Outcome> {
  return new Promise((resolve) => {
    let errors = '';
    const hear = (chunk: Buffer): void => void (errors += chunk.toString());
    const end = (outcome: Outcome): void => {
      clearTimeout(timer);
      reader.off('message', end).off('exit', died);
      reader.stderr!.off('data', hear);
      resolve(outcome);
    };
    const died = (code: number | null): void =>
      end({ fault: `the process ended with ${code}: ${errors.slice(-1000)}` });
    const timer = setTimeout(() => {
      reader.kill('SIGKILL');
      reader.disconnect();
      end({ fault: `no answer within ${SECONDS} s` });
    }, SECONDS * 1000);
    reader.stderr!.on('data', hear);
    reader.on('message', end).on('exit', died);
    reader.send(job);
  });
}

/** mulberry32 (Tommy Ettinger, public domain): numbers from 0 to 1. */
function mulberry(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
