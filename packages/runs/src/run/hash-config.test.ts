import { parsePipeline, type Manifest } from '@foldwise/data';
import { expect, it } from 'vitest';
import { hashConfig } from './hash-config.ts';

/** The hash of a configuration with these columns of texts. */
function hashOf(columns: Partial<Manifest['columns']>): string {
  return hashConfig({
    pipeline: parsePipeline({ name: 'tiny' }, 'test'),
    manifest: {
      columns: { id: 'id', idOf: undefined, text: 'text', target: ['y'], ...columns },
      task: 'regression',
      metric: 'rmse',
    },
    encoder: 'e',
    data: { train: '1', test: '2', sample: '3' },
    foldsHash: 'f',
  });
}

// Both hashes are those of version 0.1.0, which joined several texts to one.
it('goes on with runs of joined texts only where texts are still joined', () => {
  expect(hashOf({ text: ['a', 'b'] })).not.toBe(
    '3d95cb391dc94a97c5f66713b9f9aa827c1314cf6013e3a1d87d6e9110f08330',
  );
  expect(hashOf({ text: ['a', 'b'], separator: ' [SEP] ' })).toBe(
    '5030040daa16b1c765e607dbb6fe2eb1d481c5bffcb78abc948862179b785d4f',
  );
});
