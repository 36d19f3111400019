/** Sends a submission by the user's own `kaggle` command, after showing what will be sent. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseManifest } from '@foldwise/data';
import { ask } from './confirm.ts';
import { bold, formatScore } from '../render/format.ts';
import type { Context, Outcome } from '../commands/command.ts';
import { findResult } from '../runs/find-result.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { UsageError } from '../usage-error.ts';

export interface SubmitOptions {
  run: string;
  message: string | undefined;
  competition: string | undefined;
  yes: boolean;
}

/**
 * @throws UsageError for an unknown run, an unknown competition, and where nobody can be asked; Error for a file that was
 * changed, no `kaggle` command, and one that fails
 */
export async function submitToKaggle(
  { run, message, competition, yes }: SubmitOptions,
  { progress, signal, onStop }: Pick<Context, 'progress' | 'signal' | 'onStop'>,
): Promise<Outcome> {
  const workspace = findWorkspace();
  const { folder, name, pipeline } = await findResult(workspace, run);
  const { readSubmission, readSubmitted, writeSubmitted } = await import('@foldwise/runs');
  const { rows, sha256, score, warnings, runs } = await readSubmission(folder);
  const slug = competition ?? (await slugOf(join(workspace, 'data', runs[0]!.config.competition)));
  const file = relative(process.cwd(), join(folder, 'submission.csv'));
  const said = message ?? `${name}, ${score.metric} ${formatScore(score.value)}`;
  const before = await readSubmitted(folder);
  const sent = before.findLast((one) => one.sha256 === sha256 && one.submitted !== undefined);
  progress.note(
    [
      bold(`To ${slug} on Kaggle: ${file}`),
      `${rows} rows, SHA-256 ${sha256.slice(0, 16)}…`,
      `Cross-validation: ${score.metric} ${formatScore(score.value)}`,
      `Message: ${said}`,
      ...warnings.map((warning) => `Beware: ${warning}`),
      ...(sent ? [`Beware: this very file was sent on ${sent.submitted!.slice(0, 10)} already`] : []),
    ].join('\n'),
  );
  onStop(() => 'Nothing was sent.');
  if (!yes && !(await ask('Send it?', '--yes', signal)))
    return { json: { pipeline, name, sent: false }, text: 'Nothing was sent.' };
  signal.throwIfAborted();
  const args = ['competitions', 'submit', '-c', slug, '-f', file, '-m', said];
  await kaggle(args, (text) => progress.note(text));
  const entry = { sha256, submitted: new Date().toISOString(), message: said, competition: slug };
  await writeSubmitted(folder, [...before, entry]);
  return {
    json: { pipeline, name, sent: true, ...entry },
    text: [
      bold(`Sent ${name} to ${slug}.`),
      `Next: once Kaggle has scored it, npx foldwise record ${name} --public SCORE`,
    ].join('\n'),
  };
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
async function kaggle(args: string[], onText: (text: string) => void): Promise<void> {
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
  if (text !== '') onText(text);
}
