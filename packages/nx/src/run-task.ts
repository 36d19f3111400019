/** The executor: does one step of a pipeline by the library, and remembers where the results are. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutorContext } from '@nx/devkit';
import { readStamp, writeStamp } from './stamp.ts';
import type { Step, TaskOptions } from './task-options.ts';

type Context = Pick<ExecutorContext, 'root'> &
  Partial<Pick<ExecutorContext, 'taskGraph' | 'projectName' | 'targetName'>>;

export default async function runTask(
  { error, settings, ...options }: TaskOptions,
  context: Context,
): Promise<{ success: boolean }> {
  if (error !== undefined) {
    process.stderr.write(`${error}\n`);
    return { success: false };
  }
  const before = resultsBefore(context);
  const path =
    options.step === 'submission'
      ? submissionAt(context.root, before)
      : await run({
          ...options,
          workspace: context.root,
          ...(options.step === 'ensemble' && { runs: before.map((folder) => basename(folder)) }),
        });
  if (path === undefined) return { success: false };
  const hash = process.env['NX_TASK_HASH'];
  if (hash !== undefined) writeStamp(context.root, hash, path);
  return { success: true };
}

/** Where the steps that this one depends on left their results. */
function resultsBefore({ root, taskGraph, projectName, targetName }: Context): string[] {
  const id = `${projectName}:${targetName}`;
  return (taskGraph?.dependencies[id] ?? []).flatMap((dependency) => {
    const { hash = '' } = taskGraph!.tasks[dependency]!;
    return readStamp(root, hash)?.path ?? [];
  });
}

function submissionAt(root: string, [folder]: string[]): string | undefined {
  const path = folder && join(folder, 'submission.csv');
  if (path && existsSync(join(root, path))) {
    process.stdout.write(`Submission: ${path}\n`);
    return path;
  }
  process.stderr.write(`There is no submission${path ? ` at ${path}` : ''}.\n`);
  return undefined;
}

/** @returns where the results are, relative to the workspace; undefined where the step failed */
function run(step: Step): Promise<string | undefined> {
  const child = fork(fileURLToPath(new URL('../run-step.mjs', import.meta.url)), [JSON.stringify(step)], {
    cwd: step.workspace,
    execArgv: [],
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends Ctrl-C to both; the step says what is kept, and ends.
  const wait = (): void => undefined;
  const stop = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', stop);
  let path: string | undefined;
  child.on('message', (message) => (path = relative(step.workspace, (message as { path: string }).path)));
  return new Promise((done, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', stop);
      done(code === 0 ? path : undefined);
    });
  });
}
