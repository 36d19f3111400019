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
  'packed-sequences',
].map((name) => `packages/tensorflow/src/ops/${name}.test.ts`);

const features = cpuFeatures() ?? [];

/** All of them, compiled as for other processors. */
const compiledFor = (name: string, setup: string, possible: boolean) => ({
  extends: true as const,
  test: {
    name,
    include: possible ? ofVectors : [],
    setupFiles: [`packages/tensorflow/src/ops/testing/${setup}.ts`],
  },
});

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
      compiledFor('without AVX-512', 'without-avx512', features.includes('avx512f')),
      compiledFor(
        'AVX-512, emulated',
        'emulated-avx512',
        features.includes('avx2') && !features.includes('avx512f'),
      ),
    ],
  },
});
