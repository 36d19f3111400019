import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'take-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process of its own that runs `body`; `print` sends a line. */
function start(body: string) {
  const here = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    const { takeLock } = await import(${here('./take-lock.ts')});
    const { startEngine } = await import(${here('../engine/start-engine.ts')});
    const folder = ${JSON.stringify(folder)};
    const take = (name) => takeLock(folder + '/' + name, { realpath: false });
    const listeners = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');
    const print = (value) => console.log(JSON.stringify(value));
    ${body}`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What a process printed that ended by itself. */
async function run(body: string): Promise<unknown[]> {
  const child = start(body);
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  expect(await once(child, 'close')).toEqual([0, null]);
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** The signal that ended a process which got SIGINT after its first line. */
async function interrupt(body: string): Promise<unknown> {
  const child = start(body);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const giveUp = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [, signal] = (await once(child, 'close')) as unknown[];
  clearTimeout(giveUp);
  return signal;
}

describe('takeLock', () => {
  it('listens to signals while a lock is held, and not before or after', async () => {
    const printed = await run(`
      print(listeners());
      const a = await take('a');
      const b = await take('b');
      print(listeners());
      await take('a').catch(({ code }) => print(code));
      await a();
      print(listeners());
      await b();
      print(listeners());
      const again = await take('a');
      print(listeners());
      await again();
      print(listeners());`);
    // One listener for each of the two signals.
    expect(printed).toEqual([0, 2, 'ELOCKED', 2, 0, 2, 0]);
  });

  it.skipIf(process.platform === 'win32')('gives the lock back where a signal ends the process', async () => {
    const waiting = `await (await take('first'))(); await take('held'); print('held'); setInterval(() => {}, 1000);`;
    expect(await interrupt(waiting)).toBe('SIGINT');
    expect(existsSync(join(folder, 'held.lock'))).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('a program that is busy with an engine', () => {
  it('is ended by SIGINT', async () => {
    const busy = `
      await startEngine();
      await (await take('before'))();
      print('busy');
      for (const end = Date.now() + 60_000; Date.now() < end; );`;
    expect(await interrupt(busy)).toBe('SIGINT');
  });
});
