import { defineConfig } from 'vitest/config';
import { cpuFeatures } from './packages/tensorflow/src/engine/cpu-features.ts';

/** Tests of kernels whose vectors and tiles differ from processor to processor. */
const ofVectors = [
  'dense-gelu',
  'feed-forward',
  'fused-dropout',
  'product',
  'recurrence',
  'self-attention',
  'unpadded-scope',
];

export default defineConfig({
  test: {
    // One TensorFlow context a process, and two cores: test files run in processes of their own, two at a time.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 300_000,
    globalSetup: 'test/temporary-folder.ts',
    projects: [
      {
        extends: true,
        test: { name: 'foldwise', include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'without AVX-512',
          include: cpuFeatures()?.includes('avx512f')
            ? ofVectors.map((name) => `packages/tensorflow/src/ops/${name}.test.ts`)
            : [],
          setupFiles: ['packages/tensorflow/src/ops/testing/without-avx512.ts'],
        },
      },
    ],
  },
});
