/**
 * Kills a cross-validation with SIGKILL at random moments, starts it again each time, and compares what it leaves in the end
 * with the records of one that nobody disturbed. Arguments: how often (10), and the seed of the moments (now).
 */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { doneFolds, epochsFolder } from '@foldwise/runs';
import { keptProgress } from '@foldwise/train';
import { foldwise, makeWorkspace, tinyBert } from '../cli/workspace.ts';

const kills = Number(process.argv[2] ?? 10);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);

const [folds, epochs] = [3, 10];
const words = ['film', 'good', 'bad', 'story', 'plot', 'music', 'dull', 'fine'];
const text = (i: number): string => [1, 3, 5, 7].map((step) => words[(i * step + (i >> 3)) % 8]).join(' ');
const files = {
  'pipelines/tiny/pipeline.ts':
    `export default { name: 'tiny', encoder: ${JSON.stringify(tinyBert)}, folds: { k: ${folds} },\n` +
    `  training: { epochs: ${epochs}, batch: 4, predictBatch: 8, lr: 1e-3, dropout: 0.1, maxLength: 16 } };\n`,
  'data/tiny/train.csv': `id,text,y\n${Array.from({ length: 600 }, (_, i) => `r${i},${text(i)},${(i % 5) / 2}\n`).join('')}`,
};

/** Mulberry32. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
let state = seed;

/** @returns the exit code, null where it was killed; and the last thing that it told of itself */
async function crossValidate(
  root: string,
  untilKill?: (ended: Promise<unknown>) => Promise<unknown>,
): Promise<{ code: number | null; last: string }> {
  const child = spawn(process.execPath, [foldwise, 'cv', '--json'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (untilKill) await untilKill(ended).then(() => child.kill('SIGKILL'));
  const code = await ended;
  return { code, last: stderr.trim().split('\n').at(-1) ?? '' };
}

/**
 * Some kills come while a process starts; the others after one more epoch is kept, up to an epoch and a half later, so that
 * they fall within epochs, between them, while epochs are kept and while folds are put there, on slow machines too.
 */
function randomMoment(root: string, whole: number) {
  const [starts, part] = [random() < 0.3, random()];
  return async (ended: Promise<unknown>): Promise<void> => {
    let ends = 0;
    void ended.then(() => ends++);
    const before = (await progress(root)).epochs;
    if (starts) {
      await Promise.race([ended, setTimeout((part * whole) / 8)]);
      return;
    }
    while (ends === 0 && (await progress(root)).epochs === before) await setTimeout(5);
    await Promise.race([ended, setTimeout((part * 1.5 * whole) / (folds * epochs))]);
  };
}

/** How far the run is. */
async function progress(root: string): Promise<{ done: number; epochs: number }> {
  const [run] = await readdir(join(root, 'submissions', 'tiny')).catch(() => []);
  if (run === undefined) return { done: 0, epochs: 0 };
  const folder = join(root, 'submissions', 'tiny', run);
  const done = doneFolds(folder, folds);
  const open = [...Array(folds).keys()].filter((fold) => !done.includes(fold));
  return {
    done: done.length,
    epochs:
      done.length * epochs +
      open.reduce((sum, fold) => sum + (keptProgress(epochsFolder(folder, fold))?.epochs ?? 0), 0),
  };
}

/** Every file of the run by its path; of JSON, without times, memory and where it was made. */
async function records(root: string): Promise<Map<string, string>> {
  const [run] = await readdir(join(root, 'submissions', 'tiny'));
  const folder = join(root, 'submissions', 'tiny', run!);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = new Map<string, string>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const content = entry.name.endsWith('.json')
      ? JSON.stringify(JSON.parse(bytes.toString()), withoutTimes)
      : bytes.toString('base64');
    found.set(path.slice(folder.length + 1), content);
  }
  return found;
}

const timely = ['seconds', 'tokensPerSecond', 'peakMemoryBytes', 'finished', 'created'];
const withoutTimes = (key: string, value: unknown): unknown => (timely.includes(key) ? undefined : value);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const undisturbed = await makeWorkspace(files);
const start = performance.now();
if ((await crossValidate(undisturbed)).code !== 0) throw new Error('the undisturbed cross-validation failed');
const whole = performance.now() - start;
say(`seed ${seed}; undisturbed: ${(whole / 1000).toFixed(1)} s`);

const disturbed = await makeWorkspace(files);
for (let killed = 1; killed <= kills; killed++) {
  const { code, last } = await crossValidate(disturbed, randomMoment(disturbed, whole));
  if (code !== null) throw new Error(`${code === 0 ? 'done' : `failed (${last})`} before kill ${killed}`);
  const { done, epochs: kept } = await progress(disturbed);
  say(`kill ${killed}: ${done} folds are done, ${kept} of ${folds * epochs} epochs are kept`);
}
const final = await crossValidate(disturbed);
if (final.code !== 0) throw new Error(`failed after ${kills} kills: ${final.last}`);
const [expected, got] = [await records(undisturbed), await records(disturbed)];
const unlike = [...new Set([...expected.keys(), ...got.keys()])].filter(
  (path) => expected.get(path) !== got.get(path),
);
if (unlike.length > 0) throw new Error(`unlike those of the undisturbed one: ${unlike.sort().join(', ')}`);
say(
  `killed ${kills} times; all ${got.size} files of the run, checkpoints included, are the undisturbed one's (JSON but for times)`,
);
