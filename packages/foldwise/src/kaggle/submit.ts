/** Sends a submission by the user's own `kaggle` command. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseManifest } from '@foldwise/data';
import { formatScore } from '../format.ts';
import { aFunction, common, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { findResult } from '../runs/find-result.ts';
import { UsageError } from '../usage-error.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';

/** What is about to be sent. */
export interface SubmissionPlan {
  /** Its slug on Kaggle. */
  competition: string;
  /** Absolute. */
  file: string;
  rows: number;
  sha256: string;
  /** By cross-validation. */
  score: { metric: string; value: number | null };
  message: string;
  warnings: readonly string[];
  /** When this very file was sent before, ISO 8601. */
  sentBefore: string | undefined;
}

const shape = {
  workspace: common.workspace,
  signal: common.signal,
  onNote: common.onNote,
  /** A run or an ensemble, by its name or its folder. */
  run: text,
  /** What Kaggle lists it by; default: its name and score. */
  message: text.optional(),
  /** Its slug on Kaggle; default: `kaggle` of competition.json. */
  competition: text.optional(),
  /** Asked before anything is sent; default: yes. */
  confirm: aFunction<(plan: SubmissionPlan) => boolean | Promise<boolean>>().optional(),
};

export type SubmitOptions = OptionsOf<typeof shape>;

export type SubmitResult = { pipeline: string; name: string } & (
  { sent: false } | { sent: true; sha256: string; submitted: string; message: string; competition: string }
);

/**
 * @throws UsageError for an unknown run and an unknown competition; Error for a file that was changed, no `kaggle`
 * command, and one that fails
 */
export async function submit(options: SubmitOptions): Promise<SubmitResult> {
  const {
    workspace: from,
    run,
    message,
    competition,
    confirm,
    signal,
    onNote,
  } = parseOptions('submit', shape, options);
  const workspace = findWorkspace(from);
  const { folder, name, pipeline } = await findResult(workspace, run);
  const { readSubmission, readSubmitted, writeSubmitted } = await import('@foldwise/runs');
  const { rows, sha256, score, warnings, runs } = await readSubmission(folder);
  const slug = competition ?? (await slugOf(join(workspace, 'data', runs[0]!.config.competition)));
  const file = join(folder, 'submission.csv');
  const said = message ?? `${name}, ${score.metric} ${formatScore(score.value)}`;
  const before = await readSubmitted(folder);
  const sent = before.findLast((one) => one.sha256 === sha256 && one.submitted !== undefined);
  const sentBefore = sent?.submitted;
  const plan = { competition: slug, file, rows, sha256, score, message: said, warnings, sentBefore };
  if (confirm && !(await confirm(plan))) return { pipeline, name, sent: false };
  signal?.throwIfAborted();
  const args = ['competitions', 'submit', '-c', slug, '-f', relative(process.cwd(), file), '-m', said];
  await kaggle(args, onNote);
  const entry = { sha256, submitted: new Date().toISOString(), message: said, competition: slug };
  await writeSubmitted(folder, [...before, entry]);
  return { pipeline, name, sent: true, ...entry };
}

async function slugOf(data: string): Promise<string> {
  const path = join(data, 'competition.json');
  const { kaggle } = parseManifest(JSON.parse(await readFile(path, 'utf8')), path);
  if (kaggle !== undefined) return kaggle;
  throw new UsageError(
    `which competition on Kaggle? Put its slug, the last part of its address, as "kaggle" into ${relative(process.cwd(), path)}, or give it with --competition`,
  );
}

/** @throws Error where there is no such command, or it fails, with what it said */
async function kaggle(args: string[], onText: ((text: string) => void) | undefined): Promise<void> {
  const child = spawn('kaggle', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer): void => void (said += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') {
        reject(error);
        return;
      }
      reject(
        new Error(
          'there is no `kaggle` command on this machine. Install it with `pip install kaggle`, put a token of your account where it says (https://github.com/Kaggle/kaggle-api), and try again; or upload the file in a browser',
          { cause: error },
        ),
      );
    });
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  const text = said.replaceAll(/[^\n]*\r(?!\n)/g, '').trim(); // Of a bar that was drawn over itself, the last state.
  // It has ended with 0 after some failures.
  if (code !== 0 || /could not submit/i.test(text))
    throw new Error(`kaggle ${args.slice(0, 2).join(' ')} failed (${code}): ${text}`);
  if (text !== '') onText?.(text);
}
