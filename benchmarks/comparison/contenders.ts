/** Contenders for `takeTurns`: a process of ours, and a script of Python in one of its variants. */
import { basename } from 'node:path';
import { variantFlags, type Peers, type Variant } from './peer-options.ts';
import { runJson } from './run-json.ts';
import type { Measured } from './turns.ts';

/** Takes the numbers of a benchmark out of what a process printed. */
export type Read = (output: Record<string, unknown>) => Record<string, number>;

/** A program of this folder, which prints `engine`, `precision` and numbers. */
export function ourContender(program: string, args: readonly string[], read: Read): () => Promise<Measured> {
  return async () => {
    const { output, seconds, peakRssGb } = await runJson(process.execPath, [
      '--import',
      'tsx',
      `benchmarks/ours/${program}`,
      ...args,
    ]);
    const values = { ...read(output), process_s: seconds, ...memory(peakRssGb, output) };
    const { engine, precision } = output;
    return { engine: String(engine), precision: String(precision), ours: true, values };
  };
}

/** A peer's script with its variant's flags, or with none, where it knows fp32 only. */
export function peerContender(
  { python, model }: Peers,
  script: string,
  variant: Variant | undefined,
  args: readonly string[],
  read: Read,
): () => Promise<Measured> {
  const flags = variant ? variantFlags(variant) : [];
  return async () => {
    const { output, seconds, peakRssGb } = await runJson(python, [
      script,
      '--model',
      model,
      ...flags,
      ...args,
    ]);
    const values = { ...read(output), process_s: seconds, ...memory(peakRssGb, output) };
    const precision = variant === 'compiled' ? 'bf16, compiled' : (variant ?? 'fp32');
    return {
      engine: typeof output['peer'] === 'string' ? output['peer'] : basename(script),
      precision,
      ours: false,
      values,
    };
  };
}

/** Measured from outside, the same way for all; where the system does not tell, what the process says of itself. */
export function memory(
  peakRssGb: number | undefined,
  output: Record<string, unknown>,
): Record<string, number> {
  const peak = peakRssGb ?? output['peak_rss_gb'];
  return typeof peak === 'number' ? { peak_rss_gb: peak } : {};
}

/** The named numbers of an output. @throws if one is missing */
export function numbers(...names: string[]): Read {
  return (output) =>
    Object.fromEntries(
      names.map((name) => {
        const value = output[name];
        if (typeof value !== 'number') throw new Error(`${JSON.stringify(output)} has no number "${name}".`);
        return [name, value];
      }),
    );
}
