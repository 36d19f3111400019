/** Checks the name of a new competition before anything is read. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError for a name that is no folder's, that another project has, or that is taken */
export function checkName(workspace: string, name: string, force: boolean): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) || name.length > 100)
    throw new UsageError(
      `expected a folder name of letters, digits, "-", "_" and ".", got ${JSON.stringify(name)}`,
    );
  // Nx knows projects by such names, and two of the same name stop it.
  if (existsSync(join(workspace, 'packages', name)) || ['test', 'benchmarks', 'end-to-end'].includes(name))
    throw new UsageError(`"${name}" is the name of a part of Foldwise; choose another one`);
  if (force) return;
  const taken = [join('data', name, 'competition.json'), join('pipelines', name)].find((path) =>
    existsSync(join(workspace, path)),
  );
  if (taken !== undefined)
    throw new UsageError(`${taken} is there already; choose another name, or write over it with --force`);
}
