/**
 * Runs the tests of the kernels with kernels that watch their memory: compiled with AddressSanitizer and
 * UndefinedBehaviorSanitizer, for an access out of bounds, or of freed memory, gives plausible numbers as a rule. What
 * they find ends the test's process, and is printed at the end.
 *
 * Three times, since instructions that are written out are not watched: as for a processor without vectors, all of whose
 * kernels are plain C; with those of AVX-512 BF16 emulated in C; and as they are.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuFeatures } from '../../engine/cpu-features.ts';
import { buildKernels } from '../build-kernels.ts';
import { compileKernelsBy } from '../../ops/testing/compile-kernels-by.ts';

const sanitizers =
  '-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined';
const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const header = fileURLToPath(new URL('../../ops/testing/emulate-avx512.h', import.meta.url));
const headerHash = createHash('sha256').update(readFileSync(header)).digest('hex').slice(0, 8);

const features = cpuFeatures() ?? [];
const builds: [name: string, options: string, possible: boolean][] = [
  ['plain', '-mno-avx512f -mno-avx2 -mno-fma', process.arch === 'x64'],
  [`emulated-${headerHash}`, `-mno-avx512f -include "${header}" -Wno-psabi`, features.includes('avx2')],
  ['native', '', true],
];

const tests = [
  ...['operands', 'training-step'].map((name) => `kernels/${name}`),
  ...['adam-w', 'adam-w-rows', 'adam-w-in-place', 'clip-factor'].map((name) => `optimizers/${name}`),
  ...['dense-gelu', 'feed-forward', 'fused-dropout', 'fused-shapes'].map((name) => `ops/${name}`),
  ...['packed-sequences', 'product', 'recurrence', 'self-attention'].map((name) => `ops/${name}`),
].map((name) => `packages/tensorflow/src/${name}.test.ts`);
// vitest takes no notice of a file that is not there.
for (const test of tests) if (!existsSync(join(root, test))) throw new Error(`There is no ${test} to run.`);

const compiler = process.env.CC ?? 'cc';
const runtime = execFileSync(compiler, ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim();
/** As it was, since each build changes it. */
const environment = { ...process.env };
const failed: string[] = [];
const say = (line: string) => process.stdout.write(`${line}\n`);

/** One of them alone: `memory-check emulated`. */
const [chosen = ''] = process.argv.slice(2);

for (const [name, options] of builds.filter(([name, , possible]) => possible && name.startsWith(chosen))) {
  say(`Kernels that watch their memory, ${name}`);
  process.env = { ...environment };
  await compileKernelsBy(`memory-check-${name}`, `${options} ${sanitizers}`);
  await buildKernels(); // Without them, the tests of plain operations would pass.
  const reports = mkdtempSync(join(tmpdir(), 'foldwise-memory-'));
  const log = `log_path=${join(reports, 'report')}`;
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'foldwise', ...tests],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        LD_PRELOAD: runtime,
        // V8 and TensorFlow keep memory till the end, V8 takes faults itself, and allocations may fail on purpose.
        ASAN_OPTIONS: `detect_leaks=0:handle_segv=0:allow_user_segv_handler=1:allocator_may_return_null=1:${log}`,
        UBSAN_OPTIONS: `print_stacktrace=1:${log}`,
      },
    },
  );
  const found = readdirSync(reports)
    .map((file) => readFileSync(join(reports, file), 'utf8'))
    // Not the warning of memory that a test asks for in vain.
    .filter((report) => /ERROR: |runtime error: /.test(report));
  rmSync(reports, { recursive: true });
  for (const report of found) say(report);
  if (status !== 0 || found.length > 0) failed.push(name);
}
say(failed.length === 0 ? 'No access out of bounds was found.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
