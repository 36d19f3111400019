/** Evaluates a `pipeline.ts` in a process of its own, and again only when a file changes that it came from. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EvaluatedPipeline } from './evaluated-pipeline.ts';
import { hashFile } from './hash-file.ts';
import { readRecord, writeRecord } from './records.ts';

interface Cached {
  evaluated: EvaluatedPipeline;
  /** SHA-256 by path of all that was imported from outside of node_modules. */
  files: Record<string, string | null>;
}

/** A pipeline that takes longer hangs. */
const PATIENCE_MS = 60_000;

/** @param file relative to the workspace; never rejects */
export async function evaluatePipeline(workspace: string, file: string): Promise<EvaluatedPipeline> {
  const record = join('pipelines', file.replace(/[\\/]/g, '_'));
  const cached = readRecord(workspace, record) as Cached | undefined;
  if (cached && Object.entries(cached.files).every(([path, hash]) => hashFile(path) === hash))
    return cached.evaluated;
  try {
    const { evaluated, files } = await evaluateAnew(workspace, file);
    const ours = files.filter((path) => !/[\\/]node_modules[\\/]/.test(path));
    const hashes = Object.fromEntries(ours.map((path) => [path, hashFile(path)]));
    writeRecord(workspace, record, { evaluated, files: hashes } satisfies Cached);
    return evaluated;
  } catch (error) {
    return { error: `${file} cannot be evaluated: ${(error as Error).message}` };
  }
}

/** What `evaluate.ts` tells. */
interface Evaluation {
  evaluated: EvaluatedPipeline;
  files: string[];
}

function evaluateAnew(workspace: string, file: string): Promise<Evaluation> {
  const child = fork(fileURLToPath(new URL('../evaluate.mjs', import.meta.url)), [workspace, file], {
    cwd: workspace,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: PATIENCE_MS,
  });
  let stderr = '';
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('message', (json) => resolve(JSON.parse(json as string) as Evaluation));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      reject(
        new Error(
          signal
            ? `it did not end within ${PATIENCE_MS / 1000} seconds`
            : (/^\w*Error.*$/m.exec(stderr)?.[0] ?? `exit code ${code}`),
        ),
      ),
    );
  });
}
