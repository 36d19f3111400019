/** What `foldwise doctor` tells about the engine. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Device } from '../c-api/context.ts';
import type { Kernels } from '../kernels/has-kernels.ts';
import { libraryReport, type LibraryReport } from '../library/library-report.ts';
import { processMemory, type ProcessMemory } from '../memory/process-memory.ts';
import { chooseEngine } from './choose-engine.ts';
import { cpuFeatures } from './cpu-features.ts';
import { startedEngine, startEngine } from './start-engine.ts';

/** Plain data, ready for printing or JSON. */
export interface EngineReport {
  /** The engine that will be used. */
  engine: 'tensorflow' | 'wasm';
  /** Why it is that one, where it is not simply the best. */
  reason: string | undefined;
  /** TensorFlow's version; undefined while it is not installed. */
  version: string | undefined;
  threads: number;
  /** TensorFlow's devices; empty where it does not run (yet). */
  devices: Device[];
  /** `features`: instructions that matter to matrix products, as Linux names them; undefined elsewhere. */
  cpu: { model: string; cores: number; features: string[] | undefined };
  /** Of this process, the engine included where it has started; `totalBytes` is the machine's. */
  memory: ProcessMemory & { totalBytes: number };
  library: LibraryReport;
  /** Foldwise's own operations for the CPU, or why they are missing; undefined where TensorFlow does not run (yet). */
  kernels: Kernels | undefined;
  /** One sentence for each thing that is missing or could be better, saying what to do. */
  advice: string[];
}

/** Starts TensorFlow if it is installed, to see whether it runs; installs nothing, and never throws. */
export async function engineReport(): Promise<EngineReport> {
  const library = await libraryReport();
  const report: EngineReport = {
    engine: 'wasm',
    reason: undefined,
    version: undefined,
    threads: 1,
    devices: [],
    cpu: { model: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), features: cpuFeatures() },
    memory: memoryNow(),
    library,
    kernels: undefined,
    advice: [...library.advice],
  };
  try {
    const { engine, reason } = chooseEngine();
    if (engine === 'wasm') return { ...report, reason, advice: [...report.advice, reason] };
    if (library.library)
      return withTensorflow(report, await (startedEngine() ?? startEngine({ engine: 'tensorflow' })));
    if (library.pip) return { ...report, engine: 'tensorflow', threads: report.cpu.cores };
    return { ...report, reason: library.advice[0] };
  } catch (error) {
    const { message } = error as Error;
    return { ...report, reason: message, advice: [...report.advice, message] };
  }
}

function withTensorflow(report: EngineReport, engine: Awaited<ReturnType<typeof startEngine>>): EngineReport {
  if (engine.name !== 'tensorflow') return { ...report, reason: engine.reason };
  const { name, version, threads, devices, kernels } = engine;
  const advice = [...report.advice];
  if (
    report.library.nvidiaDriver &&
    engine.library.variant === 'cuda' &&
    !devices.some((d) => d.type === 'GPU')
  )
    advice.push(
      'An NVIDIA driver is here and this TensorFlow is built for it, but it finds no GPU: its CUDA libraries are ' +
        `missing or do not fit. Run \`python3 -m pip install 'tensorflow[and-cuda]==${version}'\`.`,
    );
  if ('missing' in kernels && !devices.some((d) => d.type === 'GPU')) advice.push(kernels.missing);
  return { ...report, engine: name, version, threads, devices, kernels, memory: memoryNow(), advice };
}

function memoryNow(): EngineReport['memory'] {
  return { ...processMemory(), totalBytes: totalmem() };
}
