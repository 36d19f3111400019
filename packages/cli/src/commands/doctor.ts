/** `foldwise doctor`: tells what will be used, what is missing, and what to do about it. */
import type { EngineReport } from '@foldwise/tensorflow';
import { bold } from '../render/format.ts';
import type { Command } from './command.ts';
import type { PipelineState } from '../workspace/examine-pipeline.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';

export const doctor: Command = {
  name: 'doctor',
  describe: 'tell what will be used, what is missing, and what to do about it',
  positionals: {},
  options: {},
  async run() {
    const { engineReport } = await import('@foldwise/tensorflow');
    const { cacheFolder } = await import('@foldwise/tensorflow/library');
    const report = await engineReport();
    const { examinePipeline } = await import('../workspace/examine-pipeline.ts');
    const { pipelineNames } = await import('../workspace/load-pipeline.ts');
    const workspace = findWorkspace();
    const pipelines: PipelineState[] = [];
    for (const name of await pipelineNames(workspace))
      pipelines.push(await examinePipeline(workspace, name, cacheFolder()));
    const advice = [...report.advice, ...nodeAdvice()];
    for (const { encoder, model } of pipelines)
      if (encoder && !model)
        advice.push(`The first run downloads the encoder ${encoder} into ${cacheFolder()}.`);
    const ready = report.engine === 'tensorflow' && pipelines.every(({ problem }) => problem === undefined);
    const json = { ready, node: process.version, ...report, pipelines, advice };
    const text = [
      ...describeEngine(report),
      ...pipelines.map(
        ({ pipeline, problem, encoder, model }) =>
          `Pipeline    ${pipeline}: ${problem ?? `data fine; ${encoder} ${model ? `in ${model}` : 'not here yet'}`}`,
      ),
      ...advice.map((sentence) => `→ ${sentence}`),
      bold(ready ? 'Ready to train on TensorFlow.' : 'Not ready to train on TensorFlow.'),
    ].join('\n');
    return { json, text, exitCode: ready ? 0 : 1 };
  },
};

function describeEngine(report: EngineReport): string[] {
  const { engine, version, threads, devices, cpu, memory, library, kernels } = report;
  const found = library.library;
  const features = cpu.features ? ` with ${cpu.features.join(', ') || 'no vector instructions'}` : '';
  return [
    `Node        ${process.version} on ${library.platform}`,
    `Engine      ${engine}${version ? ` ${version}` : ''}, ${threads} threads`,
    `Library     ${found ? `${found.folder} (${found.variant})` : 'not here yet'}`,
    ...library.looked.map((line) => `            ${line}`),
    ...(kernels ? [`Kernels     ${'library' in kernels ? kernels.library : 'missing'}`] : []),
    ...(library.pip ? [`pip         ${library.pip}`] : []),
    `CPU         ${cpu.model}, ${cpu.cores} cores${features}`,
    `Devices     ${devices.map(describeDevice).join(', ') || 'none started'}`,
    `Memory      ${gibibytes(memory.totalBytes)}; this process has ${gibibytes(memory.bytesInUse)}, had ${gibibytes(memory.peakBytes)} at most`,
    `NVIDIA      ${library.nvidiaDriver ? `driver ${library.nvidiaDriver}` : 'no driver'}`,
    `Cache       ${library.cacheFolder}`,
  ];
}

function describeDevice({ name, memoryBytes }: EngineReport['devices'][number]): string {
  return memoryBytes === undefined ? name : `${name} (${gibibytes(memoryBytes)} for TensorFlow)`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function nodeAdvice(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return [];
  return [`Node ${process.version} is too old; install 20.19 or newer.`];
}
