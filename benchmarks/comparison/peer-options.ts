/** The options of every benchmark that runs beside Python's peers. */

/** For `parseArgs`. */
export const peerOptions = {
  python: { type: 'string' },
  peer: { type: 'string', multiple: true },
  model: { type: 'string' },
  'peer-variants': { type: 'string' },
} as const;

/** How a peer computes: in fp32, with autocast to bf16, or with that and torch.compile. */
export type Variant = 'fp32' | 'bf16' | 'compiled';

export interface Peers {
  python: string;
  /** Paths of scripts. */
  scripts: string[];
  /** The folder of a checkpoint. */
  model: string;
  variants: Variant[];
}

const flags: Readonly<Record<Variant, readonly string[]>> = {
  fp32: ['--precision', 'fp32'],
  bf16: ['--precision', 'bf16'],
  compiled: ['--precision', 'bf16', '--compile'],
};

export interface PeerValues {
  python?: string | undefined;
  peer?: string[] | undefined;
  model?: string | undefined;
  'peer-variants'?: string | undefined;
}

/**
 * The peers that the options name; undefined where there is no Python.
 *
 * @param scripts what `--peer` takes, for errors
 * @param supported the variants that the scripts know
 * @param standard the ones that run by default
 */
export function readPeers(
  { python, peer = [], model, 'peer-variants': chosen }: PeerValues,
  { scripts, supported, standard }: { scripts: string; supported: Variant[]; standard: Variant[] },
): Peers | undefined {
  if (!python) return undefined;
  if (peer.length === 0 || !model)
    throw new Error(
      `--python also takes --peer (the path of ${scripts}) and --model (the folder of a checkpoint).`,
    );
  const variants = chosen?.split(',') ?? standard;
  const unknown = variants.find((variant) => !supported.includes(variant as Variant));
  if (unknown !== undefined)
    throw new Error(`--peer-variants has "${unknown}"; ${scripts} takes ${supported.join(', ')}.`);
  return { python, scripts: peer, model, variants: variants as Variant[] };
}

/** The flags that a script takes for a variant. */
export function variantFlags(variant: Variant): readonly string[] {
  return flags[variant];
}
