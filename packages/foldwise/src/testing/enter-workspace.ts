/** For tests: makes a workspace in a temporary folder, and enters it. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A pipeline `tiny` of two folds, and a competition of two rows. */
const tiny = {
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

/**
 * @param more files to add or replace, by their paths
 * @returns the workspace, now the working directory
 */
export async function enterWorkspace(more: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'foldwise-'));
  for (const [path, content] of Object.entries({ ...tiny, ...more })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  process.chdir(root);
  return root;
}
