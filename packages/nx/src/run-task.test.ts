import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { parseOptions } from './parse-options.ts';
import { pipelineTargets } from './pipeline-targets.ts';
import runTask from './run-task.ts';
import { readStamp } from './stamp.ts';

const before = process.env['NX_TASK_HASH'];
afterEach(() => {
  if (before === undefined) delete process.env['NX_TASK_HASH'];
  else process.env['NX_TASK_HASH'] = before;
});

const files = {
  'nx.json': '{}',
  'package.json': '{ "type": "module" }',
  'pipelines/tiny/pipeline.ts': "export default { name: 'tiny', folds: { k: 2 } };",
  'data/tiny/competition.json': JSON.stringify({
    name: 'tiny',
    title: 'Tiny',
    files: { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' },
    columns: { id: 'id', text: 'text', target: 'y' },
    task: 'regression',
    metric: 'rmse',
  }),
  'data/tiny/train.csv': 'id,text,y\na,one,1\nb,two,2\n',
  'data/tiny/test.csv': 'id,text\nt1,five\nt2,six\n',
  'data/tiny/sample.csv': 'id,y\nt2,0\nt1,0\n',
};

async function makeWorkspace(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'foldwise-nx-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** The options of a target, as the plugin makes it of the pipeline. */
function optionsOf(target: string) {
  const experiment = { name: 'base', folds: 2, settings: { folds: { k: 2 } } };
  const evaluated = { competition: 'tiny', named: false, experiments: [experiment] };
  return pipelineTargets('tiny', evaluated, parseOptions({}))[target]!.options!;
}

it('writes the folds, and remembers where', async () => {
  const root = await makeWorkspace();
  process.env['NX_TASK_HASH'] = 'a'.repeat(64);
  expect(await runTask(optionsOf('folds'), { root })).toEqual({ success: true });
  const path = join('submissions', 'tiny', 'folds.csv');
  expect(await readFile(join(root, path), 'utf8')).toMatch(/^id,fold\na,[01]\nb,[01]\n$/);
  expect(readStamp(root, 'a'.repeat(64))?.path).toBe(path);
});

it('fails where the library does, and remembers nothing', async () => {
  const root = await makeWorkspace();
  process.env['NX_TASK_HASH'] = 'b'.repeat(64);
  expect(await runTask({ ...optionsOf('fold:base:0'), engine: 'gpu' }, { root })).toEqual({
    success: false,
  });
  expect(readStamp(root, 'b'.repeat(64))).toBeUndefined();
});
