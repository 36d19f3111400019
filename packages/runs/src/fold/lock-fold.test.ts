import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lockFold } from './lock-fold.ts';

const ignore = (): void => undefined;
const makeFolder = () => mkdtemp(join(tmpdir(), 'foldwise-lock-'));

/** Another process, which holds the lock until it is ended. */
async function otherProcess(folder: string) {
  const module = pathToFileURL(join(import.meta.dirname, 'lock-fold.ts')).href;
  const script = `
    import { lockFold } from ${JSON.stringify(module)};
    await lockFold(${JSON.stringify(folder)}, 0, () => undefined);
    console.log('locked');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await once(child, 'close');
  };
  return { pid: child.pid, end };
}

describe('lockFold', () => {
  it('keeps others from a fold, and from no other fold, until it is released', async () => {
    const folder = await makeFolder();
    const release = await lockFold(folder, 0, ignore);
    await expect(lockFold(folder, 0, ignore)).rejects.toThrow(`another process (${process.pid}) is training`);
    await (
      await lockFold(folder, 1, ignore)
    )();
    await release();
    await (
      await lockFold(folder, 0, ignore)
    )();
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses a living process's fold, and takes a killed one's over at once", async () => {
    const folder = await makeFolder();
    const { pid, end } = await otherProcess(folder);
    await expect(lockFold(folder, 0, ignore)).rejects.toThrow(`another process (${pid}) is training`);
    await end('SIGKILL');
    expect((await readdir(folder)).sort()).toEqual(['.lock-0.json', 'fold-0.lock']);
    // Of several that wait for it, one gets it.
    const taken = await Promise.allSettled([1, 2, 3].map(() => lockFold(folder, 0, ignore)));
    expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('takes over at once from a process that was killed before it could say who it is', async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, 'fold-0.lock'));
    const release = await lockFold(folder, 0, ignore);
    expect((await readdir(folder)).sort()).toEqual(['.lock-0.json', 'fold-0.lock']);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for the lock of another machine to lapse', async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, 'fold-0.lock'));
    const owner = { pid: process.pid, host: `not-${hostname()}`, started: '1' };
    await writeFile(join(folder, '.lock-0.json'), JSON.stringify(owner));
    await expect(lockFold(folder, 0, ignore)).rejects.toThrow('its lock lapses within 20 seconds');
  });
});
