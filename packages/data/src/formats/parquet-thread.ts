/** Reads a Parquet file in a thread of its own, whose end is an error like any other. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

interface Answer {
  /** Arrow's IPC stream: first of the schema alone, then of a batch each; undefined at the end. */
  arrow?: Uint8Array;
  /** How many rows there are; of the first answer. */
  rows?: number;
  /** What is wrong with the file, in the parquet crate's words. */
  error?: string;
}

/** Node's; its types leave it out. */
declare const WebAssembly: { compile: (bytes: Uint8Array) => Promise<object> };

/** Kept, so that the machine code that was made of it serves all threads. */
let compiled: Promise<object> | undefined;

const compile = async (): Promise<object> =>
  WebAssembly.compile(
    await readFile(createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm')),
  );

export class ParquetThread {
  /**
   * @param path how errors name the file
   * @param source the file, or all of its bytes
   */
  static async start(path: string, source: { file: string } | { bytes: Uint8Array }): Promise<ParquetThread> {
    return new ParquetThread(path, { ...source, module: await (compiled ??= compile()) });
  }

  private readonly worker: Worker;
  private readonly path: string;
  private readonly answers: Answer[] = [];
  private settle: ((answer: Answer) => void) | undefined;

  private constructor(path: string, workerData: unknown) {
    this.path = path;
    this.worker = new Worker(new URL('parquet-worker.mjs', import.meta.url), { workerData, execArgv: [] });
    // The crate's program ends at what it finds wrong with pages, and does not say what.
    const ended = (): void => this.hear({ error: 'it is damaged, or has texts that are not UTF-8' });
    this.worker
      .on('message', (answer: Answer) => this.hear(answer))
      .on('error', ended)
      .on('exit', ended);
  }

  /** Says which columns to read, once; then each call asks for one more answer of `next`. */
  ask(columns?: readonly string[]): void {
    this.worker.postMessage({ columns });
  }

  /** @throws Error for a file that cannot be read, which it names */
  async next(): Promise<Answer> {
    const answer = this.answers.shift() ?? (await new Promise<Answer>((resolve) => (this.settle = resolve)));
    if (answer.error === undefined) return answer;
    await this.close();
    throw unreadable(this.path, answer.error);
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private hear(answer: Answer): void {
    if (this.settle) this.settle(answer);
    else this.answers.push(answer);
    this.settle = undefined;
  }
}

export const unreadable = (path: string, why: string): Error =>
  new Error(`${path}: no Parquet file that can be read: ${why.replaceAll(/\s+/g, ' ')}`);
