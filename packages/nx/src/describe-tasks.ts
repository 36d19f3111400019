/** Says of pipelines whose steps ran what was trained now, and what was there already. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskResult } from '@nx/devkit';
import { readStamp } from './stamp.ts';

/** @returns a line or two for each pipeline that has folds, or a submission, among the steps */
export function describeTasks(workspace: string, results: TaskResult[]): string[] {
  const ours = results.filter(({ task }) => /^pipelines[\\/]/.test(task.projectRoot ?? ''));
  const projects = [...new Set(ours.map(({ task }) => task.target.project))];
  return projects.flatMap((project) => {
    const of = ours.filter(({ task }) => task.target.project === project);
    const folds = of.filter(({ task }) => task.target.target.startsWith('fold:'));
    if (folds.length === 0 || of.some(({ status }) => status === 'failure')) return [];
    const trained = folds.filter((result) => isTrainedNow(workspace, result)).length;
    const submission = of.find(({ task }) => task.target.target === 'submission');
    const path = submission && readStamp(workspace, submission.task.hash ?? '')?.path;
    return [`${project}: ${describe(trained, folds.length)}`, ...(path ? [`Submission: ${path}`] : [])];
  });
}

function describe(trained: number, all: number): string {
  const folds = (count: number): string => (count === 1 ? '1 fold' : `${count} folds`);
  if (trained === 0)
    return `nothing was trained; ${all === 1 ? 'the fold was' : `all ${folds(all)} were`} there already`;
  if (trained === all) return `trained ${folds(all)}`;
  return `trained ${folds(trained)}; ${all - trained} of ${all} were there already`;
}

/** A step that ran may have found its fold done, as by `foldwise cv`. */
function isTrainedNow(workspace: string, { task, status }: TaskResult): boolean {
  const path = status === 'success' && readStamp(workspace, task.hash ?? '')?.path;
  if (!path) return false;
  const { finished } = JSON.parse(readFileSync(join(workspace, path, 'metrics.json'), 'utf8')) as {
    finished: string;
  };
  return Date.parse(finished) >= (task.startTime ?? 0);
}
