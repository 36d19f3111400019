/** Runs a program that prints JSON as its last line, as a child process, and measures it from outside. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface RanJson {
  /** What it printed last. */
  output: Record<string, unknown>;
  /** Wall time of the whole process. */
  seconds: number;
  /** Its largest resident set in GB (10⁹ bytes), without children of its own; undefined where there is no /proc. */
  peakRssGb: number | undefined;
}

/** How often the high-water mark is read, in milliseconds: what a process takes in its very last moments is missed. */
const pollEvery = 50;

/** @throws with its stderr if it fails. */
export async function runJson(program: string, args: readonly string[]): Promise<RanJson> {
  const start = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let peak: number | undefined;
  const poll = setInterval(() => (peak = highWaterMark(child.pid) ?? peak), pollEvery);
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ending = await new Promise<string | number>((resolve, reject) =>
    child.on('error', reject).on('close', (code, signal) => resolve(signal ?? code!)),
  ).finally(() => clearInterval(poll));
  const seconds = (performance.now() - start) / 1000;
  if (ending !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${ending}:\n${errors.slice(-2000)}`);
  return {
    output: JSON.parse(out.slice(out.indexOf('{'))) as Record<string, unknown>,
    seconds,
    peakRssGb: peak,
  };
}

/** Linux keeps the largest resident set of a process, in KiB. */
function highWaterMark(pid: number | undefined): number | undefined {
  try {
    const kib = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? undefined : (Number(kib) * 1024) / 1e9;
  } catch {
    return undefined;
  }
}
