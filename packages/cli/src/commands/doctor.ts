/** `foldwise doctor`: tells what will be used, what is missing, and what to do about it. */
import { bold } from '../bold.ts';
import type { Command } from '../command.ts';
import type { PipelineState } from '../examine-pipeline.ts';
import { findWorkspace } from '../find-workspace.ts';

export const doctor: Command = {
  name: 'doctor',
  describe: 'tell what will be used, what is missing, and what to do about it',
  positionals: {},
  options: {},
  async run() {
    const { libraryReport, cacheFolder } = await import('@foldwise/tensorflow');
    const report = await libraryReport();
    const { examinePipeline } = await import('../examine-pipeline.ts');
    const { pipelineNames } = await import('../load-pipeline.ts');
    const workspace = findWorkspace();
    const pipelines: PipelineState[] = [];
    for (const name of await pipelineNames(workspace))
      pipelines.push(await examinePipeline(workspace, name, cacheFolder()));
    const advice = [...report.advice, ...nodeAdvice()];
    for (const { encoder, model } of pipelines)
      if (encoder && !model)
        advice.push(`The first run downloads the encoder ${encoder} into ${cacheFolder()}.`);
    const { library } = report;
    const ready = library !== undefined && pipelines.every(({ problem }) => problem === undefined);
    const json = { ready, node: process.version, ...report, pipelines, advice };
    const lines = [
      `Node        ${process.version} on ${report.platform}`,
      `TensorFlow  ${library ? `${library.version} (${library.variant}) in ${library.folder}` : 'not here'}`,
      ...report.looked.map((line) => `            ${line}`),
      ...(report.pip ? [`pip         ${report.pip}`] : []),
      `NVIDIA      ${report.nvidiaDriver ?? 'no driver'}`,
      `Cache       ${report.cacheFolder}`,
      ...pipelines.map(
        ({ pipeline, problem, encoder, model }) =>
          `Pipeline    ${pipeline}: ${problem ?? `data fine; ${encoder} ${model ? `in ${model}` : 'not here'}`}`,
      ),
      ...advice.map((sentence) => `→ ${sentence}`),
      bold(ready ? 'Ready to train on TensorFlow.' : 'Not ready to train on TensorFlow.'),
    ];
    return { json, text: lines.join('\n'), exitCode: ready ? 0 : 1 };
  },
};

function nodeAdvice(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return [];
  return [`Node ${process.version} is too old; install 20.19 or newer.`];
}
