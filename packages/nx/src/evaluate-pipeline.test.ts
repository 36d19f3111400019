import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { evaluatePipeline } from './evaluate-pipeline.ts';

let workspace: string;
const file = join('pipelines', 'tiny', 'pipeline.ts');
const write = (path: string, text: string) => writeFile(join(workspace, 'pipelines', 'tiny', path), text);
const evaluate = () => evaluatePipeline(workspace, file);

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'foldwise-nx-'));
  await mkdir(join(workspace, 'pipelines', 'tiny'), { recursive: true });
  await writeFile(join(workspace, 'package.json'), '{ "type": "module" }');
});

it('gives whole experiments, anew when a file changes that the pipeline imports', async () => {
  await write('heads.ts', "export const heads: string[] = ['cls', 'max'];");
  await write(
    'pipeline.ts',
    `import { heads } from './heads.ts';
    console.log('loaded');
    export default { name: 'tiny', folds: { k: 3 }, experiments: { head: heads } };`,
  );
  const names = async () => {
    const evaluated = await evaluate();
    if ('error' in evaluated) throw new Error(evaluated.error);
    return evaluated.experiments.map(({ name, folds, settings }) => [name, folds, settings['head']]);
  };
  const first = [['cls', 3, 'cls'], ['max', 3, 'max']]; // prettier-ignore
  expect(await names()).toEqual(first);
  expect(await names()).toEqual(first);
  await write('heads.ts', "export const heads: string[] = ['mean'];");
  expect(await names()).toEqual([['mean', 3, 'mean']]);
});

it.each([
  ['export default {', /^pipelines.tiny.pipeline\.ts cannot be loaded: /],
  ["export default { name: 'tiny', hed: 1 };", /: unknown key "hed"; the nearest known one is "head"$/],
  ["export default { name: 'other' };", /: name: expected "tiny", the name of its folder, got "other"$/],
  ['process.exit(3);', /^pipelines.tiny.pipeline\.ts cannot be evaluated: exit code 3$/],
])('says what is wrong with %j', async (text, message) => {
  await write('pipeline.ts', text);
  expect(await evaluate()).toEqual({ error: expect.stringMatching(message) as unknown });
});
