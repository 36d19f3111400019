import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { limitsCpuMemory } from './limits-cpu-memory.ts';

const index = JSON.stringify(new URL('../index.ts', import.meta.url).href);

/** What `main` prints in a process of its own, in which `inWorker(body)` runs `body` in a worker thread. */
function run(main: string, environment: Record<string, string> = {}) {
  const script = `
    import { Worker } from 'node:worker_threads';
    const inWorker = (body) => new Promise((resolve, reject) => {
      const source = "import { parentPort } from 'node:worker_threads'; import { register } from 'tsx/esm/api'; try { register();" +
        "const { startEngine, tf } = await import(" + JSON.stringify(${index}) + ");" + body +
        "} catch (error) { parentPort.postMessage(error.message); }";
      new Worker(source, { eval: true }).once('message', resolve).once('error', reject);
    });
    ${main}`;
  // The engine of another test may have set them.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('TF_'));
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...Object.fromEntries(inherited), ...environment },
  });
}

/** In a worker: an engine of 256 MiB, which half a GiB is too much for and 128 MiB is not. */
const limited = `
  await startEngine({ engine: 'tensorflow', device: 'cpu', memory: { limitBytes: 2 ** 28 } });
  let message = 'none';
  try { tf.tensor1d(new Float32Array(2 ** 27)).square(); } catch (error) { message = error.message; }
  parentPort.postMessage([message, tf.fill([2 ** 25], 2).slice(7, 1).dataSync()[0], process.env.TF_MKL_ALLOC_MAX_BYTES]);`;

// TensorFlow waits ten seconds for memory before it gives up.
describe.runIf(limitsCpuMemory())('an engine in a worker thread', () => {
  it('keeps to its limit of memory, and prints nothing', () => {
    const { stdout, stderr } = run(`
      console.log(JSON.stringify(await inWorker(${JSON.stringify(limited)})));
      console.log(process.env.TF_MKL_ALLOC_MAX_BYTES, process.env.TF_CPP_MIN_LOG_LEVEL, process.env.TF_ENABLE_ONEDNN_OPTS);
    `);
    expect(stderr).toBe('');
    const [result, environment] = stdout.trim().split('\n');
    const [message, value, limit] = JSON.parse(result!) as [string, number, number | null];
    expect(message).toMatch(/^TensorFlow has no memory for a float32 tensor of shape \[134217728\]/);
    expect(value).toBe(2);
    expect(limit).toBeNull();
    expect(environment).toBe('undefined 2 1');
  });

  it('is refused a limit that cannot hold any more, and given the one that holds', () => {
    const start = `
      const engine = await startEngine({ engine: 'tensorflow', device: 'cpu', memory: { limitBytes: 2 ** 30 } });
      parentPort.postMessage(engine.name);`;
    const { stdout, stderr } = run(`
      const { startEngine } = await import(${index});
      await startEngine({ engine: 'tensorflow', device: 'cpu', memory: { limitBytes: 2 ** 30 } });
      console.log(await inWorker(${JSON.stringify(start)}));
      console.log(await inWorker(${JSON.stringify(start.replace('2 ** 30', '2 ** 29'))}));
    `);
    expect(stderr).toBe('');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'tensorflow',
      expect.stringMatching(
        /^memory\.limitBytes is 536870912, but TensorFlow has started in this process before, .* with 1073741824,/,
      ),
    ]);
  });

  it("follows the user's own settings", () => {
    const { stdout } = run(`console.log(await inWorker(${JSON.stringify(limited)}));`, {
      TF_ENABLE_ONEDNN_OPTS: '0',
    });
    expect(stdout).toMatch('knows a limit there only with oneDNN');
  });
});
