/** The executor: runs `foldwise` for one step of a pipeline, and remembers where the results are. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutorContext } from '@nx/devkit';
import { readStamp, writeStamp } from './stamp.ts';
import type { TaskOptions } from './task-options.ts';

const foldwise = fileURLToPath(new URL('../../cli/bin/foldwise.js', import.meta.url));

export default async function runTask(
  { command, error, ...flags }: TaskOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  if (error !== undefined) {
    process.stderr.write(`${error}\n`);
    return { success: false };
  }
  const before = resultsBefore(context);
  const [step] = command;
  const path =
    step === undefined
      ? submissionAt(context.root, before)
      : await run(context.root, [
          ...command,
          ...(step === 'ensemble' ? ['--runs', before.map((folder) => basename(folder)).join()] : []),
          ...asArguments({ ...flags, settings: undefined }),
        ]);
  if (path === undefined) return { success: false };
  const hash = process.env['NX_TASK_HASH'];
  if (hash !== undefined) writeStamp(context.root, hash, path);
  return { success: true };
}

/** Where the steps that this one depends on left their results. */
function resultsBefore({ root, taskGraph, projectName, targetName }: ExecutorContext): string[] {
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

/** @returns what the command says of its files, relative to the workspace; undefined where it failed */
function run(root: string, args: string[]): Promise<string | undefined> {
  const child = spawn(process.execPath, [foldwise, ...args], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  // A terminal sends Ctrl-C to both; the command says what is kept, and ends.
  const wait = (): void => undefined;
  const stop = (): void => void child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', stop);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    process.stdout.write(chunk);
  });
  return new Promise((done, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', stop);
      const [, path] = /^Files?: (.+)$/m.exec(stdout) ?? [];
      if (code !== 0 || path === undefined) {
        done(undefined);
        return;
      }
      done(isAbsolute(path) ? relative(root, path) : relative(root, resolve(root, path)));
    });
  });
}

const asArguments = (flags: object): string[] =>
  Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, String(value)];
  });
