/** How many bytes an archive or a gzipped file may unpack to, so that a small file cannot fill a machine's memory. */
const UNITS: Record<string, number> = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/**
 * The environment's `FOLDWISE_UNPACK_LIMIT`, such as `50GB` or a number of bytes; 20 GB where it is not set.
 *
 * @throws Error for a setting that is no size
 */
export function unpackLimit(): { bytes: number; text: string } {
  const text = process.env['FOLDWISE_UNPACK_LIMIT'] ?? '20GB';
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([KMGT]B|)$/.exec(text.trim().toUpperCase()) ?? [];
  if (number === undefined)
    throw new Error(
      `FOLDWISE_UNPACK_LIMIT: expected a size such as 50GB or a number of bytes, got ${JSON.stringify(text)}`,
    );
  return { bytes: Number(number) * UNITS[unit!]!, text };
}
