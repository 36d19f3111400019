/** Runs a program that prints JSON as its last line, as a child process. */
import { spawn } from 'node:child_process';

/** What it printed last, and the wall time of the whole process in seconds. @throws with its stderr if it fails. */
export async function runJson(
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ output: Record<string, unknown>; seconds: number }> {
  const start = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${errors.slice(-2000)}`);
  return { output: JSON.parse(out.slice(out.indexOf('{'))) as Record<string, unknown>, seconds };
}
