/**
 * The hash by which Nx knows the output of a step. Nx's own covers all targets of a project, so that any change of one
 * experiment would be one of all; this one covers the step's own inputs and settings, and what it depends on. It is the hash
 * of the last time where all results of that time are still there, and otherwise one that Nx has never seen.
 */
import { createHash, randomBytes } from 'node:crypto';
import { isAbsolute, join, resolve } from 'node:path';
import { weightFiles } from '@foldwise/encoders/checkpoint-files';
import { workspaceRoot, type CustomHasher } from '@nx/devkit';
import { hashInput } from './hash-inputs.ts';
import { readStamp } from './stamp.ts';
import type { TaskOptions } from './task-options.ts';

const hashTask: CustomHasher = (task, { projectGraph, taskGraph }) => {
  const { project, target } = task.target;
  const { inputs = [], options } = projectGraph.nodes[project]!.data.targets![target]! as {
    inputs?: string[];
    options: TaskOptions;
  };
  const dependencies = taskGraph.dependencies[task.id]!.map((id) => taskGraph.tasks[id]!.hash);
  const { encoder } = options.settings as { encoder?: string };
  const hash = createHash('sha256');
  hash.update(JSON.stringify([project, target, options, task.overrides, dependencies]));
  for (const input of inputs) hash.update(hashInput(workspaceRoot, input));
  if (encoder !== undefined)
    for (const file of weightsOf(encoder)) hash.update(hashInput(workspaceRoot, file));
  const key = hash.digest('hex');
  const value = readStamp(workspaceRoot, key)?.hash ?? key + randomBytes(4).toString('hex');
  return Promise.resolve({ value, details: { command: options.step, nodes: {} } });
};

export default hashTask;

/** Of an encoder that is a folder; one of the hub has no such files, and its name tells it. */
function weightsOf(encoder: string): string[] {
  const there = weightFiles(resolve(workspaceRoot, encoder));
  const files = (there.length > 0 ? there : ['model.safetensors']).map((name) => join(encoder, name));
  return isAbsolute(encoder) ? files : files.map((file) => `{workspaceRoot}/${file}`);
}
