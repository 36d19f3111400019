/** Which version of Foldwise runs, so that a record tells what code made it. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface CodeVersion {
  version: string;
  /** Undefined outside a git checkout. */
  commit?: string;
  /** Whether tracked files of the packages differ from the commit. */
  dirty?: boolean;
}

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

/** Never throws for want of git: the version alone is known then. */
export async function codeVersion(): Promise<CodeVersion> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  try {
    const commit = await git('rev-parse', 'HEAD');
    const changes = await git('status', '--porcelain', '--untracked-files=no', '--', ':/packages');
    return { version, commit, dirty: changes !== '' };
  } catch {
    return { version };
  }
}

const git = async (...args: string[]): Promise<string> =>
  (await run('git', args, { cwd: here, windowsHide: true })).stdout.trim();
