/** `foldwise doctor`: tells what will be used, what is missing, and what to do about it. */
import type { Diagnosis } from 'foldwise';
import { bold, gibibytes } from '../render/format.ts';
import type { Command } from './command.ts';

export const doctor: Command = {
  name: 'doctor',
  describe: 'tell what will be used, what is missing, and what to do about it',
  positionals: {},
  options: {},
  examples: [['doctor', 'what to do before the first training']],
  async run() {
    const { doctor: examine } = await import('foldwise');
    const report = await examine();
    const { ready, pipelines, advice } = report;
    const text = [
      ...describeEngine(report),
      ...pipelines.map(
        ({ pipeline, problem, encoder, model }) =>
          `Pipeline    ${pipeline}: ${problem ?? `data fine; ${encoder} ${model ? `in ${model}` : 'not here yet'}`}`,
      ),
      ...advice.map((sentence) => `→ ${sentence}`),
      bold(ready ? 'Ready to train on TensorFlow.' : 'Not ready to train on TensorFlow.'),
    ].join('\n');
    return { json: report, text, exitCode: ready ? 0 : 1 };
  },
};

function describeEngine(report: Diagnosis): string[] {
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

function describeDevice({ name, memoryBytes }: Diagnosis['devices'][number]): string {
  return memoryBytes === undefined ? name : `${name} (${gibibytes(memoryBytes)} for TensorFlow)`;
}
