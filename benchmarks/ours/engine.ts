/** What the processes that measure our side begin with. */
import { resolveModel } from '@foldwise/encoders';
import { fastestPrecision, startEngine, type Precision } from '@foldwise/tensorflow';
import { cacheFolder } from '@foldwise/tensorflow/library';

/** For `parseArgs`. */
export const ourOptions = {
  threads: { type: 'string', default: '2' },
  precision: { type: 'string', default: 'auto' },
  model: { type: 'string', default: 'sentence-transformers/all-MiniLM-L6-v2' },
} as const;

export interface OurEngine {
  /** Of the checkpoint. */
  folder: string;
  precision: Precision;
  /** For people, with its version. */
  engine: string;
}

/** @throws for a precision other than fp32, bf16 and auto */
export async function ourEngine(options: {
  threads: string;
  precision: string;
  model: string;
}): Promise<OurEngine> {
  const { folder } = await resolveModel(options.model, { cacheFolder: cacheFolder() });
  const { name, version } = await startEngine({ engine: 'tensorflow', threads: Number(options.threads) });
  const precision = options.precision === 'auto' ? fastestPrecision() : options.precision;
  if (precision !== 'fp32' && precision !== 'bf16')
    throw new Error(`--precision is ${precision}; expected fp32, bf16 or auto.`);
  return { folder, precision, engine: `Foldwise (${name} ${version})` };
}

/** The largest resident set of this process, in GB (10⁹ bytes). */
export function peakRssGb(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e9;
}
