/** Tells what will be used, what is missing, and what to do about it. Downloads nothing. */
import type { EngineReport } from '@foldwise/tensorflow';
import { common, parseOptions, type OptionsOf } from '../options/options.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { pipelineNames } from '../workspace/load-pipeline.ts';
import { examinePipeline, type PipelineState } from './examine-pipeline.ts';

const shape = { workspace: common.workspace };

export type DoctorOptions = OptionsOf<typeof shape>;

export interface Diagnosis extends EngineReport {
  /** Whether everything can train on TensorFlow. */
  ready: boolean;
  /** The version of Node. */
  node: string;
  pipelines: PipelineState[];
}

/** @throws UsageError outside of a workspace */
export async function doctor(options: DoctorOptions = {}): Promise<Diagnosis> {
  const { workspace: from } = parseOptions('doctor', shape, options);
  const { engineReport } = await import('@foldwise/tensorflow');
  const { cacheFolder } = await import('@foldwise/tensorflow/library');
  const report = await engineReport();
  const workspace = findWorkspace(from);
  const pipelines: PipelineState[] = [];
  for (const name of await pipelineNames(workspace))
    pipelines.push(await examinePipeline(workspace, name, cacheFolder()));
  const advice = [...report.advice, ...nodeAdvice()];
  for (const { encoder, model } of pipelines)
    if (encoder && !model)
      advice.push(`The first run downloads the encoder ${encoder} into ${cacheFolder()}.`);
  const ready = report.engine === 'tensorflow' && pipelines.every(({ problem }) => problem === undefined);
  return { ready, node: process.version, ...report, pipelines, advice };
}

function nodeAdvice(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return [];
  return [`Node ${process.version} is too old; install 20.19 or newer.`];
}
