import { afterEach, describe, expect, it } from 'vitest';
import { enterWorkspace } from 'foldwise/testing/enter-workspace';
import { execute } from '../execute.ts';

const before = process.cwd();
const engine = process.env['FOLDWISE_ENGINE'];

afterEach(() => {
  process.chdir(before);
  if (engine === undefined) delete process.env['FOLDWISE_ENGINE'];
  else process.env['FOLDWISE_ENGINE'] = engine;
});

describe('foldwise doctor', () => {
  it('tells what keeps training from TensorFlow, what is wrong with data, and fails', async () => {
    await enterWorkspace({
      'pipelines/lost/pipeline.ts': "export default { name: 'lost', encoder: 'nobody/nothing' };",
      'pipelines/broken/pipeline.ts': "export default { name: 'broken', head: 1 };",
      'pipelines/misspelt/pipeline.ts': "export default { name: 'misspelt', head: 'maen' };",
    });
    process.env['FOLDWISE_ENGINE'] = 'wasm';
    const saying = (text: string): unknown => expect.stringContaining(text);
    const outcome = await execute(['doctor']);
    expect(outcome?.exitCode).toBe(1);
    expect(outcome?.json).toMatchObject({
      ready: false,
      engine: 'wasm',
      pipelines: [
        { pipeline: 'broken', problem: saying('head: expected string, got 1') },
        { pipeline: 'lost', problem: saying('lacks competition.json'), model: undefined },
        { pipeline: 'misspelt', problem: saying('Did you mean "mean"?') },
        { pipeline: 'tiny', problem: undefined },
      ],
      advice: expect.arrayContaining([
        'FOLDWISE_ENGINE is "wasm"; leave it out to use TensorFlow.',
        saying('The first run downloads the encoder nobody/nothing'),
      ]) as unknown,
    });
    expect(outcome?.text).toMatch(
      /^Memory {6}\d+\.\d GiB; this process has \d+\.\d GiB, had \d+\.\d GiB at most$/m,
    );
    expect(outcome?.text).toContain('Not ready to train on TensorFlow.');
  });
});
