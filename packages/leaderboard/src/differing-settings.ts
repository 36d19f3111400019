/** Finds what differs between configurations, so that a table need not show what is the same in all. */

/** A setting's value by its path, such as `training.lr`. */
export type Settings = Record<string, unknown>;

/** The seed makes groups' levels, and names tell nothing. */
const left = new Set(['name', 'competition', 'training.seed']);

/**
 * @returns for each configuration the settings that are not the same in all, undefined where one has none of it; lists
 * count as single values
 */
export function differingSettings(configs: readonly Readonly<Record<string, unknown>>[]): Settings[] {
  const flat = configs.map((config) => {
    const settings = new Map<string, unknown>();
    flatten(config, '', settings);
    return settings;
  });
  const first = new Map<string, string>();
  const differing = new Set<string>();
  flat[0]?.forEach((value, path) => first.set(path, JSON.stringify(value)));
  for (const settings of flat) {
    for (const [path, value] of settings) if (first.get(path) !== JSON.stringify(value)) differing.add(path);
    if (settings.size < first.size)
      for (const path of first.keys()) if (!settings.has(path)) differing.add(path);
  }
  const paths = [...differing];
  return flat.map((settings) => Object.fromEntries(paths.map((path) => [path, settings.get(path)])));
}

function flatten(value: object, prefix: string, into: Map<string, unknown>): void {
  for (const [key, inner] of Object.entries<unknown>(value as Record<string, unknown>)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (left.has(path) || inner === undefined) continue;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) flatten(inner, path, into);
    else into.set(path, inner);
  }
}
