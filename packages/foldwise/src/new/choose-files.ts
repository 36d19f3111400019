/** Which three files a person means: those that are named, and for the others those that a zip or a folder holds. */
import { findFiles, type Files } from '@foldwise/data';
import { UsageError } from '../usage-error.ts';

const roles = ['train', 'test', 'sample'] as const;

/** Paths, as a caller gives them. */
type Named = Partial<Record<keyof Files | 'from', string>>;

/** @throws UsageError for files that are neither named nor found */
export async function chooseFiles({ from, ...named }: Named): Promise<Files> {
  const { found, tables } = from === undefined ? { found: {}, tables: [] } : await findFiles(from);
  const files = roles.map((role) => [role, named[role] ?? found[role]] as const);
  const missing = files.filter(([, path]) => path === undefined).map(([role]) => `--${role}`);
  if (missing.length > 0)
    throw new UsageError(
      from === undefined
        ? `new needs ${missing.join(', ')}: the competition's files; or --from, a zip or a folder that holds them`
        : `${from}: no name tells ${missing.map((flag) => flag.slice(2)).join(', ')}; give ${missing.join(', ')}, of ${tables.slice(0, 20).join(', ')}`,
    );
  return Object.fromEntries(files) as unknown as Files;
}
